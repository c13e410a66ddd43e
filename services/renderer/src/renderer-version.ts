/** Part of the address of all that is rendered: to be raised with every change that changes a sample or a file. */
export const RENDERER_VERSION = '0.6.0';
