import { measuredScripts } from '../measured-scripts.ts';

measuredScripts('textops');
