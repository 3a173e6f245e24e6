package infrarust.api.event;

/** Something that happened. Listeners subscribe to the exact class of an event, never to a supertype. */
public interface Event {}
