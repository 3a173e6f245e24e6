/** A plugin for the tests alone: bans and permits when it is told to over HTTP. */
module infrarust.e2e.warden {
    requires infrarust.api;
    requires jdk.httpserver;

    provides infrarust.api.Plugin with
            infrarust.e2e.warden.Warden;
}
