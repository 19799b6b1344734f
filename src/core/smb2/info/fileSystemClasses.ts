import { FsInformationClass } from "../constants/informationClasses.ts";
import * as fs from "./fsInfo.ts";
import type { InfoClass } from "./infoClass.ts";
import { FileFsPosixInformation } from "./posixInfo.ts";

const { value } = FsInformationClass;

/** Structures of InfoType FILESYSTEM by class ([MS-FSCC] 2.5). */
export const fileSystemClasses: Readonly<Record<number, InfoClass>> = {
  [value.FileFsVolumeInformation]: { response: fs.FileFsVolumeInformation },
  [value.FileFsLabelInformation]: { response: fs.FileFsLabelInformation, set: fs.FileFsLabelInformation },
  [value.FileFsSizeInformation]: { response: fs.FileFsSizeInformation },
  [value.FileFsDeviceInformation]: { response: fs.FileFsDeviceInformation },
  [value.FileFsAttributeInformation]: { response: fs.FileFsAttributeInformation },
  [value.FileFsControlInformation]: { response: fs.FileFsControlInformation, set: fs.FileFsControlInformation },
  [value.FileFsFullSizeInformation]: { response: fs.FileFsFullSizeInformation },
  [value.FileFsObjectIdInformation]: { response: fs.FileFsObjectIdInformation, set: fs.FileFsObjectIdInformation },
  [value.FileFsSectorSizeInformation]: { response: fs.FileFsSectorSizeInformation },
  [value.FileFsPosixInformation]: { response: FileFsPosixInformation },
};
