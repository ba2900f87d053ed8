import type { TransformationFacts } from '../module-exports.ts';
import type { TransformationEntry } from './entries.ts';
import { csvTransformations } from './transformations/csv.ts';
import { ipTransformations } from './transformations/ip.ts';
import { nameAddressTransformations } from './transformations/name-address.ts';
import { paramTransformations } from './transformations/param.ts';
import { regularExpressionTransformations } from './transformations/regular-expression.ts';
import { sdpTransformations } from './transformations/sdp.ts';
import { stringTransformations } from './transformations/string.ts';
import { uriTransformations } from './transformations/uri.ts';
import { viaTransformations } from './transformations/via.ts';

const all: Readonly<Record<string, TransformationEntry>> = {
  ...stringTransformations,
  ...uriTransformations,
  ...viaTransformations,
  ...paramTransformations,
  ...nameAddressTransformations,
  ...ipTransformations,
  ...csvTransformations,
  ...sdpTransformations,
  ...regularExpressionTransformations,
};

/** The transformations of the core by `class.operation`. NULL stays NULL through all of them. */
export function createCoreTransformations(): ReadonlyMap<string, TransformationEntry> {
  return new Map(Object.entries(all));
}

/** The same as facts: what is not here the core of tsips does not have. */
export const coreTransformations: Readonly<Record<string, TransformationFacts>> = Object.fromEntries(
  Object.entries(all).map(([name, { facts }]) => [name, facts]),
);
