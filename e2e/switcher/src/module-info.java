/** A plugin for the tests alone: moves players when it is told to over HTTP. */
module infrarust.e2e.switcher {
    requires infrarust.api;
    requires jdk.httpserver;

    provides infrarust.api.Plugin with
            infrarust.e2e.switcher.Switcher;
}
