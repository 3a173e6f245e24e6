package infrarust.benchmarks.filter;

/** What a native plugin's filter comes down to. */
interface NativeFilter {

    /** Answers 0 to pass, 1 to drop. */
    int filter(int packetId, byte[] data);

    /** Lets all pass. */
    final class Passing implements NativeFilter {
        @Override
        public int filter(int packetId, byte[] data) {
            return 0;
        }
    }

    /** Drops packets without content. */
    final class DroppingEmpty implements NativeFilter {
        @Override
        public int filter(int packetId, byte[] data) {
            return data.length == 0 ? 1 : 0;
        }
    }
}
