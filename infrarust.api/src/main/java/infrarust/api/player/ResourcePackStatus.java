package infrarust.api.player;

/** What a client has said about a resource pack. */
public enum ResourcePackStatus {
    /** It has been loaded. */
    LOADED,
    /** The player does not want it. */
    DECLINED,
    /** It could not be downloaded. */
    FAILED_DOWNLOAD,
    /** The player wants it, and it is on its way. */
    ACCEPTED,
    /** It is there, and is being loaded; since 1.20.3. */
    DOWNLOADED,
    /** Its address cannot be one of a pack; since 1.20.3. */
    INVALID_URL,
    /** The client could not use it; since 1.20.3. */
    FAILED_RELOAD,
    /** Another one came first; since 1.20.3. */
    DISCARDED;

    /** Whether nothing more will be said about the pack. */
    public boolean isFinal() {
        return this != ACCEPTED && this != DOWNLOADED;
    }
}
