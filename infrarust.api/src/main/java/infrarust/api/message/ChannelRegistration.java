package infrarust.api.message;

/** A channel that a plugin has registered. Any thread may call. */
public interface ChannelRegistration {

    /** The channel. */
    MessageChannel channel();

    /** Takes the registration back; does nothing if that has been done already. */
    void unregister();
}
