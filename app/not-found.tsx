import { Compass } from 'lucide-react';
import Link from 'next/link';
import { PageTitle } from '../components/frame/page-title.tsx';
import { Notice } from '../components/states/notice.tsx';
import { Button } from '../components/ui/button.tsx';

export default function NotFoundPage() {
  return (
    <div className="flex h-full flex-col">
      <PageTitle>Not found</PageTitle>
      <h1 className="sr-only">Not found</h1>
      <Notice
        icon={<Compass />}
        title="Nothing at this address"
        action={
          <Button asChild>
            <Link href="/risk-monitoring">Go to Risk Monitoring</Link>
          </Button>
        }
      >
        The page does not exist, or the event is no longer stored.
      </Notice>
    </div>
  );
}
