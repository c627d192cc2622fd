const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const IPHONE = (version: string) =>
  `Mozilla/5.0 (iPhone; CPU iPhone OS ${version} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)`;
const CHROME = (version: number) =>
  `AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`;
const ANDROID = (version: number) =>
  `Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Mobile Safari/537.36`;

/** Browsers of people, by how common they are in the log. */
export const BROWSERS: readonly (readonly [string, number])[] = [
  ...[146, 147, 148, 149].map((version) => [`${WINDOWS} ${CHROME(version)}`, 9] as const),
  ...[147, 148, 149].map((version) => [`${MAC} ${CHROME(version)}`, 5] as const),
  ...[145, 146, 147, 148, 149].map((version) => [ANDROID(version), 9] as const),
  ...['18_5', '18_6', '26_0', '26_1'].map(
    (version) =>
      [
        `${IPHONE(version)} Version/${version.replace('_', '.')} Mobile/15E148 Safari/604.1`,
        10,
      ] as const,
  ),
  [`${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15`, 7],
  [`${MAC} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15`, 5],
  [`${WINDOWS} ${CHROME(148)} Edg/148.0.0.0`, 7],
  [`${WINDOWS} ${CHROME(149)} Edg/149.0.0.0`, 4],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0', 4],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:149.0) Gecko/20100101 Firefox/149.0', 2],
  [
    'Mozilla/5.0 (Linux; Android 15; SM-S926B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
    6,
  ],
  [
    'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
    3,
  ],
];

/** Programs that read pages for themselves; `-` is how nginx writes that no agent was sent. */
export const BOTS: readonly (readonly [string, number])[] = [
  ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 10],
  ['Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)', 8],
  ['Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)', 8],
  ['Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)', 7],
  [
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
    5,
  ],
  ['Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)', 3],
  ['curl/8.7.1', 2],
  ['python-requests/2.32.3', 3],
  ['-', 4],
];

/** Programs that fetch a link only to show what is behind it. */
export const PREVIEWS: readonly (readonly [string, number])[] = [
  ['WhatsApp/2.24.20.86 A', 10],
  ['facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)', 9],
  ['Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)', 4],
  ['Twitterbot/1.0', 3],
  ['LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)', 3],
  ['TelegramBot (like TwitterBot)', 3],
  ['Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)', 2],
];
