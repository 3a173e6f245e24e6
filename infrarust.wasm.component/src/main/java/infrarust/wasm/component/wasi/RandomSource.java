package infrarust.wasm.component.wasi;

import java.util.random.RandomGenerator;

/** All three interfaces of {@code wasi:random} from one generator. */
final class RandomSource implements WasiRandom.Secure, WasiRandom.Insecure, WasiRandom.InsecureSeed {

    /** A guest that needs more asks again. */
    private static final int MAX_BYTES = 1024 * 1024;

    private final RandomGenerator generator;

    RandomSource(RandomGenerator generator) {
        this.generator = generator;
    }

    @Override
    public byte[] getRandomBytes(long len) {
        if (Long.compareUnsigned(len, MAX_BYTES) > 0) {
            throw new IllegalArgumentException(
                    "the guest wants " + Long.toUnsignedString(len) + " random bytes, " + MAX_BYTES + " are allowed");
        }
        byte[] bytes = new byte[(int) len];
        generator.nextBytes(bytes);
        return bytes;
    }

    @Override
    public long getRandomU64() {
        return generator.nextLong();
    }

    @Override
    public byte[] getInsecureRandomBytes(long len) {
        return getRandomBytes(len);
    }

    @Override
    public long getInsecureRandomU64() {
        return generator.nextLong();
    }

    @Override
    public WasiRandom.Seed insecureSeed() {
        return new WasiRandom.Seed(generator.nextLong(), generator.nextLong());
    }
}
