/** Part of the address of all that is rendered: to be raised with every change that changes a sample. */
export const RENDERER_VERSION = '0.5.0';
