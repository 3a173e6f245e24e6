/** A plugin for the tests alone: does to players what it is told to over HTTP, and tells what it has seen of them. */
module infrarust.e2e.messenger {
    requires infrarust.api;
    requires jdk.httpserver;

    provides infrarust.api.Plugin with
            infrarust.e2e.messenger.Messenger;
}
