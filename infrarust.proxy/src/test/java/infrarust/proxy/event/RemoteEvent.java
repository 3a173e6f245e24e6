package infrarust.proxy.event;

import infrarust.api.event.Event;

/** What a plugin fires that has a class loader of its own. */
public final class RemoteEvent implements Event {}
