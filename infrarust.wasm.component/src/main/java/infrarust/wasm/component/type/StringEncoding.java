package infrarust.wasm.component.type;

/** How a guest writes strings into its memory. */
public enum StringEncoding {
    UTF8,
    UTF16,
    /** Latin-1, or UTF-16 where the highest bit of the length is set. */
    LATIN1_UTF16
}
