/** The native plugins shipped in the box; they know only the API. Each is off until the configuration asks for it. */
module infrarust.nativeplugins {
    requires infrarust.api;
    requires static org.jspecify;

    provides infrarust.api.Plugin with
            infrarust.nativeplugins.antibot.Antibot,
            infrarust.nativeplugins.hello.Hello;
}
