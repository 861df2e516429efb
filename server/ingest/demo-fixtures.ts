export type DemoSport = 'soccer' | 'basketball';

export type DemoLeague = {
  readonly sport: DemoSport;
  readonly country: string;
  readonly league: string;
  readonly teams: readonly string[];
};

/** Places are real, clubs are not: nobody's badge or results are borrowed. */
export const DEMO_LEAGUES: readonly DemoLeague[] = [
  {
    sport: 'soccer',
    country: 'Nigeria',
    league: 'Nigeria First Division',
    teams: [
      'Lagos Harbour',
      'Kano Sahel',
      'Ibadan Rovers',
      'Enugu Coal City',
      'Jos Plateau Stars',
      'Calabar Mariners',
      'Abuja Central',
      'Onitsha Traders',
    ],
  },
  {
    sport: 'soccer',
    country: 'Türkiye',
    league: 'Süper Lig Demo',
    teams: [
      'Galata Yıldız',
      'Kadıköy Kartal',
      'Ankara Bozkır',
      'İzmir Körfez',
      'Trabzon Fırtına',
      'Bursa Uludağ',
      'Konya Ovası',
      'Antalya Akdeniz',
    ],
  },
  {
    sport: 'soccer',
    country: 'Brazil',
    league: 'Campeonato Demo A',
    teams: [
      'Atlético Guanabara',
      'Paulista Real',
      'Mineiro Serra',
      'Recife Marítimo',
      'Porto Sul',
      'Cerrado FC',
      'Fortaleza Norte',
      'Bahia Litoral',
    ],
  },
  {
    sport: 'soccer',
    country: 'Japan',
    league: 'Japan Demo League 1',
    teams: [
      'Osaka Hikari',
      'Saitama Gale',
      'Sapporo Snow',
      'Kobe Minato',
      'Nagoya Ember',
      'Hiroshima Arc',
      'Sendai Grove',
      'Fukuoka Tide',
    ],
  },
  {
    sport: 'soccer',
    country: 'England',
    league: 'Northern Premier Demo',
    teams: [
      'Tynemouth Albion',
      'Salford Quays',
      'Ouseburn Town',
      'Derwent United',
      'Pennine Athletic',
      'Humber Dock',
      'Solent Rovers',
      'Severn Vale',
    ],
  },
  {
    sport: 'soccer',
    country: 'Argentina',
    league: 'Primera Demo',
    teams: [
      'Ribera Sur',
      'Rosario Puerto',
      'Córdoba Sierras',
      'La Plata Bosque',
      'Mendoza Andes',
      'Tucumán Azúcar',
      'Avellaneda Norte',
      'Salta Quebrada',
    ],
  },
  {
    sport: 'soccer',
    country: 'Kenya',
    league: 'Rift Valley Demo League',
    teams: [
      'Nakuru Flamingos',
      'Nairobi Hilltop',
      'Mombasa Dhows',
      'Kisumu Lakers FC',
      'Eldoret Highlands',
      'Thika Falls',
    ],
  },
  {
    sport: 'basketball',
    country: 'United States',
    league: 'Great Lakes Demo Basketball',
    teams: [
      'Duluth Ore',
      'Toledo Glass',
      'Erie Lights',
      'Green Harbor Gulls',
      'Gary Steelyard',
      'Traverse Cherries',
      'Rochester Mills',
      'Marquette Pines',
    ],
  },
  {
    sport: 'basketball',
    country: 'Spain',
    league: 'Liga Demo de Baloncesto',
    teams: ['Básquet Levante', 'Sierra Madrid', 'Ebro Basket', 'Gran Sol Gijón', 'Baloncesto Duero', 'Costa Málaga'],
  },
  {
    sport: 'basketball',
    country: 'Türkiye',
    league: 'Basketbol Demo Ligi',
    teams: [
      'Haliç Basket',
      'Eskişehir Lokomotif',
      'Mersin Liman',
      'Gaziantep Bakır',
      'Samsun Karadeniz',
      'Denizli Pamuk',
    ],
  },
];

/** How a book rounds its prices. */
export type TickStyle = 'decimal' | 'fine' | 'american';

export type DemoBook = {
  readonly name: string;
  /** Overround, as a share: 0.05 is a booksum of 1.05. */
  readonly margin: number;
  readonly ticks: TickStyle;
  /** Mean time after which it follows news. */
  readonly lagMs: number;
  /** Shows a shut market by leaving it out instead of flagging it. */
  readonly hidesShutMarkets: boolean;
  /** Markets it does not offer. */
  readonly lacks: readonly string[];
};

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

const COMPETITORS: readonly DemoBook[] = [
  { name: 'northgate', margin: 0.028, ticks: 'fine', lagMs: 40 * SECOND_MS, hidesShutMarkets: false, lacks: [] },
  { name: 'tallyho', margin: 0.052, ticks: 'decimal', lagMs: 2 * MINUTE_MS, hidesShutMarkets: false, lacks: [] },
  {
    name: 'bluefinch',
    margin: 0.047,
    ticks: 'american',
    lagMs: 3 * MINUTE_MS,
    hidesShutMarkets: false,
    lacks: ['double_chance'],
  },
  { name: 'redkite', margin: 0.061, ticks: 'decimal', lagMs: 5 * MINUTE_MS, hidesShutMarkets: true, lacks: [] },
  { name: 'oddsmere', margin: 0.055, ticks: 'american', lagMs: 4 * MINUTE_MS, hidesShutMarkets: false, lacks: [] },
  { name: 'fairwind', margin: 0.035, ticks: 'fine', lagMs: 70 * SECOND_MS, hidesShutMarkets: false, lacks: ['btts'] },
  { name: 'copperbell', margin: 0.07, ticks: 'decimal', lagMs: 7 * MINUTE_MS, hidesShutMarkets: false, lacks: [] },
  { name: 'larkspur', margin: 0.05, ticks: 'decimal', lagMs: 3 * MINUTE_MS, hidesShutMarkets: false, lacks: [] },
];

const COMPETITOR_COUNT = 7;

/** The own book, slow to follow, and seven competitors with names that no bookmaker bears. The own book comes first. */
export function demoBooks(ownBookmaker: string): readonly DemoBook[] {
  const own: DemoBook = {
    name: ownBookmaker,
    margin: 0.05,
    ticks: 'decimal',
    lagMs: 8 * MINUTE_MS,
    hidesShutMarkets: false,
    lacks: [],
  };
  return [own, ...COMPETITORS.filter((book) => book.name !== ownBookmaker).slice(0, COMPETITOR_COUNT)];
}
