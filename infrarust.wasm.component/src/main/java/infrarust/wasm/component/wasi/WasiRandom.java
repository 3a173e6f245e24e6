package infrarust.wasm.component.wasi;

import infrarust.wasm.component.bind.WitInterface;
import infrarust.wasm.component.bind.WitInterface.Versions;

/** The WIT package {@code wasi:random} (0.2). */
public final class WasiRandom {

    private WasiRandom() {}

    /** {@code wasi:random/random}. */
    @WitInterface(value = "wasi:random/random@0.2.0", versions = Versions.COMPATIBLE)
    public interface Secure {
        /** Bytes that nobody can foresee. */
        byte[] getRandomBytes(long len);

        /** A number that nobody can foresee. */
        long getRandomU64();
    }

    /** {@code wasi:random/insecure}. */
    @WitInterface(value = "wasi:random/insecure@0.2.0", versions = Versions.COMPATIBLE)
    public interface Insecure {
        /** Bytes that look random. */
        byte[] getInsecureRandomBytes(long len);

        /** A number that looks random. */
        long getInsecureRandomU64();
    }

    /** Two numbers. */
    public record Seed(long first, long second) {}

    /** {@code wasi:random/insecure-seed}. */
    @WitInterface(value = "wasi:random/insecure-seed@0.2.0", versions = Versions.COMPATIBLE)
    public interface InsecureSeed {
        /** A seed against floods of hash collisions. */
        Seed insecureSeed();
    }
}
