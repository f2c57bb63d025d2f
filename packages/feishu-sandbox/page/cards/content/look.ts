import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type OwnStyles, ownStyles } from './style.ts';

/** The sizes and colours that the card around defines; every text may name them. */
export const Look = createContext<OwnStyles>(ownStyles({}));
export const useLook = (): OwnStyles => useContext(Look);
