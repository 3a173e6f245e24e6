package infrarust.wasm.chicory;

import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * Names a module in the cache and in stack traces: its CRC-32 and its length. Two modules may share a key, so an entry of the
 * cache holds the module itself and is compared byte by byte. That is more exact than a cryptographic digest and costs a cold
 * JVM a tenth of a millisecond, where SHA-256 takes 20: its provider has to be found and its rounds are interpreted.
 *
 * @param checksum of the module's bytes
 * @param length in bytes
 */
record ModuleKey(int checksum, int length) {

    static ModuleKey of(byte[] wasm) {
        CRC32 crc = new CRC32();
        crc.update(wasm, 0, wasm.length);
        return new ModuleKey((int) crc.getValue(), wasm.length);
    }

    /** The checksum in eight hexadecimal digits. */
    String hex() {
        return HexFormat.of().toHexDigits(checksum);
    }
}
