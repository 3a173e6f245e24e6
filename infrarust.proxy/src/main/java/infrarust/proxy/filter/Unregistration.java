package infrarust.proxy.filter;

import infrarust.api.filter.FilterRegistration;

/**
 * What a plugin holds of its filter.
 *
 * @param removal takes it away; may run more than once
 */
record Unregistration(String id, Runnable removal) implements FilterRegistration {

    @Override
    public void unregister() {
        removal.run();
    }
}
