package infrarust.api.service;

/** A service that is offered. */
public interface ServiceRegistration {

    /** Offers it no longer. Any thread may call; does nothing the second time. */
    void withdraw();
}
