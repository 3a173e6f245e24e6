package infrarust.proxy.session;

/**
 * The ids that a server wants to see again. A server disconnects a player who answers what it has not asked, and after a
 * switch without a configuration state answers to the server before are still on their way. Only the loop's thread.
 */
final class AskedKeepAlives {

    /** A server asks every few seconds and gives up after two questions or so. */
    private static final int MOST = 8;

    private final long[] ids = new long[MOST];
    private int count;

    /** The server has asked. When there are too many open questions, the oldest is forgotten. */
    void add(long id) {
        if (count == MOST) {
            remove(0);
        }
        ids[count++] = id;
    }

    /** The client has answered; says whether the server has asked, once per question. */
    boolean take(long id) {
        for (int i = 0; i < count; i++) {
            if (ids[i] == id) {
                remove(i);
                return true;
            }
        }
        return false;
    }

    private void remove(int index) {
        System.arraycopy(ids, index + 1, ids, index, count - index - 1);
        count--;
    }
}
