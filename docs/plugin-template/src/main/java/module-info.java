/** A plugin of its own. The proxy finds it by what it provides. */
module com.example.greeting {
    requires infrarust.api;

    provides infrarust.api.Plugin with
            com.example.greeting.GreetingPlugin;
}
