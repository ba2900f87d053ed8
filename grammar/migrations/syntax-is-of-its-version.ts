import type { SyntaxFeature } from '../versions/syntax-facts.ts';
import { done, type Edit, type MigrationContext, type MigrationRule, type Step } from './tools/context.ts';

/** A form of the language that ended, with what takes its place. */
interface Ended {
  /** The first version without it. */
  readonly since: string;
  readonly message: string;
  /** What stands in front of it and behind it then; or what takes its place. */
  readonly around?: readonly [string, string];
  readonly instead?: string;
}

const ended: Partial<Readonly<Record<SyntaxFeature, Ended>>> = {
  'if without parentheses': {
    since: '3.1',
    message: 'a condition stands in parentheses',
    around: ['(', ')'],
  },
  'while without parentheses': {
    since: '3.1',
    message: 'a condition stands in parentheses',
    around: ['(', ')'],
  },
  esac: { since: '3.1', message: 'esac is now break', instead: 'break' },
  'function without parentheses': {
    since: '3.1',
    message: 'a function is called with parentheses',
    around: ['', '()'],
  },
};

/** Forms of the language that a later version refuses: conditions without parentheses, `esac`, `event_route[E, sync]`. */
export const syntaxIsOfItsVersion: MigrationRule = (context) => [
  ...endedForms(context),
  ...eventModes(context),
];

function endedForms({ parsed, reaches }: MigrationContext): readonly Step[] {
  return parsed.facts.flatMap(({ feature, span }) => {
    const form = ended[feature];
    if (!form || !reaches(form.since)) return [];
    if (form.instead !== undefined) return [done(span, form.message, { span, text: form.instead })];
    const { start, end } = span;
    const [front, behind] = form.around ?? ['', ''];
    const edits = [
      { span: { start, end: start }, text: front },
      { span: { start: end, end }, text: behind },
    ];
    return [done(span, form.message, ...edits)];
  });
}

/** Since 3.0 the event decides how its route runs. */
function eventModes({ config, text, reaches }: MigrationContext): readonly Step[] {
  if (!reaches('3.0')) return [];
  return config.items.flatMap((item) => {
    if (item.kind !== 'RouteBlock' || item.mode === undefined || item.name === undefined) return [];
    const { end } = item.name.span;
    const edit: Edit = { span: { start: end, end: text.indexOf(']', end) }, text: '' };
    return [done(item.name.span, `event_route is written without ${item.mode}`, edit)];
  });
}
