import { announce } from '../../argocd/announce.ts';
import type { FoundConfig } from '../../argocd/config-file.ts';
import { finish } from '../finish.ts';
import { readApplication } from './application.ts';
import { findFunctions } from './find-functions.ts';
import { chooseConfig, kindOfSource } from './source.ts';

/**
 * `postern argocd parameters`: what the Application may set, as JSON for Argo CD's UI. What is wrong with it is for
 * `generate` to say.
 */
export function announceParameters(): number {
  const ignore = (): void => {};
  const application = readApplication(ignore);
  const announced = announce({
    source: kindOfSource(application.folder),
    application: application.name,
    config: listedConfig(application.folder) ?? chooseConfig(application, ignore),
  });
  return finish(0, `${JSON.stringify(announced)}\n`, []);
}

function listedConfig(folder: string): Pick<FoundConfig, 'file' | 'value'> | undefined {
  const listed = findFunctions(folder).find(({ isPostern, isOutermost }) => isPostern && isOutermost);
  return listed && { file: listed.file, value: listed.config };
}
