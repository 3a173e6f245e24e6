/** A plugin for the tests alone: filters what players and servers say, and minds where connections come from. */
module infrarust.e2e.filterer {
    requires infrarust.api;
    requires jdk.httpserver;

    provides infrarust.api.Plugin with
            infrarust.e2e.filterer.Filterer;
}
