package infrarust.proxy.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Changes inputs without looking at what they do. */
final class Mutator {

    private static final int MAX_LENGTH = 1 << 16;
    private static final int[] EXTREMES = {0, 1, 0x7f, 0x80, 0xff, 0x40, 0x0f};

    private final RandomGenerator random;
    private final List<byte[]> seeds;

    Mutator(RandomGenerator random, List<byte[]> seeds) {
        this.random = random;
        this.seeds = seeds;
    }

    byte[] next() {
        byte[] input = any().clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            input = change(input);
        }
        return input;
    }

    private byte[] any() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] change(byte[] input) {
        if (input.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(input.length);
        int length = 1 + random.nextInt(Math.min(16, input.length - at));
        return switch (random.nextInt(7)) {
            case 0 -> {
                input[at] ^= (byte) (1 << random.nextInt(8));
                yield input;
            }
            case 1 -> {
                input[at] = (byte) random.nextInt();
                yield input;
            }
            case 2 -> {
                Arrays.fill(input, at, at + length, (byte) EXTREMES[random.nextInt(EXTREMES.length)]);
                yield input;
            }
            case 3 -> splice(input, at, at + length, new byte[0], 0, 0);
            case 4 -> splice(input, at, at, input, at, at + length);
            case 5 -> {
                byte[] other = any();
                int from = other.length == 0 ? 0 : random.nextInt(other.length);
                int to = Math.min(other.length, from + random.nextInt(64));
                yield splice(input, at, Math.min(input.length, at + random.nextInt(64)), other, from, to);
            }
            default -> Arrays.copyOf(input, at);
        };
    }

    /** Puts a part of one array in place of a part of the other. */
    private static byte[] splice(byte[] into, int start, int end, byte[] from, int first, int last) {
        int length = into.length - (end - start) + (last - first);
        if (length > MAX_LENGTH) {
            return into;
        }
        byte[] result = new byte[length];
        System.arraycopy(into, 0, result, 0, start);
        System.arraycopy(from, first, result, start, last - first);
        System.arraycopy(into, end, result, start + last - first, into.length - end);
        return result;
    }
}
