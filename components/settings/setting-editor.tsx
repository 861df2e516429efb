import { BookEditor, BookGroupsEditor, BookWeightsEditor, BooksEditor } from './book-editors.tsx';
import { MarketGroupsEditor, MarketWeightsEditor, MarketsEditor, SwitchEditor } from './choice-editors.tsx';
import type { EditorProps } from './editor-props.ts';
import { BandsEditor, NumberEditor, PartsEditor } from './number-editors.tsx';
import type { Editor } from './setting-words.ts';

type SettingEditorProps = Omit<EditorProps, 'unit'> & { readonly editor: Editor };

/** The inputs of a setting, by the kind that its row in the table of settings names. */
export function SettingEditor({ editor, ...rest }: SettingEditorProps) {
  const props = { ...rest, unit: 'unit' in editor ? editor.unit : '' };
  switch (editor.kind) {
    case 'number':
      return <NumberEditor {...props} />;
    case 'bands':
      return <BandsEditor {...props} />;
    case 'parts':
      return <PartsEditor {...props} parts={editor.parts} />;
    case 'switch':
      return <SwitchEditor {...props} />;
    case 'markets':
      return <MarketsEditor {...props} />;
    case 'marketWeights':
      return <MarketWeightsEditor {...props} />;
    case 'marketGroups':
      return <MarketGroupsEditor {...props} />;
    case 'book':
      return <BookEditor {...props} />;
    case 'books':
      return <BooksEditor {...props} />;
    case 'bookWeights':
      return <BookWeightsEditor {...props} />;
    case 'bookGroups':
      return <BookGroupsEditor {...props} />;
  }
}
