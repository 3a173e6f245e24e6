package infrarust.proxy.login;

import infrarust.proxy.config.ForwardingMode;
import java.util.Optional;
import net.kyori.adventure.text.Component;

/**
 * How a login at a server can fail because proxy and server do not agree on who says who a player is. Each says it to the
 * player, who cannot mend it, and to the operator, who can.
 */
public enum ForwardingFault {
    /** It asks for Velocity's forwarding and another one is configured. */
    VELOCITY_NOT_SET(
            "it asks the proxy who you are, and the proxy is not set up to tell it.",
            "asks for Velocity forwarding, which is not its forwarding_mode",
            "set forwarding_mode = \"velocity\" for it, with its own secret in the proxy's secret file; or turn it off there"
                    + " (Paper: proxies.velocity.enabled in config/paper-global.yml)"),
    /** It lets players in without the question that Velocity's forwarding answers. */
    VELOCITY_NOT_ASKED(
            "it does not ask the proxy who you are.",
            "lets players in without asking for Velocity forwarding, so it would not know who they are",
            "turn Velocity forwarding on there (Paper: proxies.velocity.enabled and .secret in config/paper-global.yml;"
                    + " Fabric: FabricProxy-Lite; Forge and NeoForge: Proxy Compatible Forge), or set another forwarding_mode"),
    /** It makes a profile of the name, whatever was forwarded in the handshake. */
    IDENTITY_IGNORED(
            "it does not take over from the proxy who you are.",
            "does not read the forwarded identity and makes a profile of the name",
            "set bungeecord: true under settings in its spigot.yml, or the forwarding_mode that it reads; with Velocity's,"
                    + " look for a mod or plugin there that makes profiles of its own"),
    /** It closes the connection when it has seen a handshake that carries an identity. */
    HANDSHAKE_UNREADABLE(
            "it does not understand how the proxy introduces you.",
            "closes the connection without a word when the handshake carries the player's identity",
            "set bungeecord: true under settings in its spigot.yml, or the forwarding_mode that it reads; its log may say more"),
    /** It wants BungeeCord's forwarding and gets none. */
    BUNGEE_CORD_NOT_SET(
            "it wants to hear from the proxy who you are, and the proxy is not set up to tell it.",
            "wants BungeeCord forwarding, which is not its forwarding_mode",
            "set forwarding_mode = \"bungee_cord\" for it, or bungeecord: false in its spigot.yml"),
    /** It wants a token of BungeeGuard and gets none. */
    BUNGEE_GUARD_NOT_SET(
            "it wants a token from the proxy, and the proxy is not set up to give it.",
            "wants a BungeeGuard token, and its forwarding_mode gives none",
            "set forwarding_mode = \"bungee_guard\" for it and put the proxy's secret into allowed-tokens in"
                    + " plugins/BungeeGuard/config.yml there"),
    /** It does not accept the signature or the token. */
    SECRET_REFUSED(
            "it does not trust the proxy.",
            "does not accept the proxy's secret",
            "give both sides the same one (Paper: proxies.velocity.secret in config/paper-global.yml; BungeeGuard:"
                    + " allowed-tokens in plugins/BungeeGuard/config.yml)"),
    /** It is in online mode. */
    ONLINE_MODE(
            "it wants to verify your account itself, which it cannot do behind this proxy.",
            "wants to verify accounts itself",
            "set online-mode=false in its server.properties and let nobody but the proxy reach it, or use"
                    + " proxy_mode = \"passthrough\"");

    private final String forPlayer;
    private final String cause;
    private final String remedy;

    ForwardingFault(String forPlayer, String cause, String remedy) {
        this.forPlayer = forPlayer;
        this.cause = cause;
        this.remedy = remedy;
    }

    /** What the player reads. */
    public Component reason() {
        return Component.text("You cannot join this server: " + forPlayer + " Please tell its operator.");
    }

    /** What the server does, as the end of a sentence that begins with it. */
    public String cause() {
        return cause;
    }

    /** What the operator can do. */
    public String remedy() {
        return remedy;
    }

    /**
     * What a refusal of a server means, as far as its words are known: those of Spigot, Paper and the mods that answer as
     * Paper does, BungeeGuard, and Minestom. Other refusals (a ban, a full server) are none of this room's business.
     *
     * @param reason as the server wrote it, JSON or plain
     * @param mode how the player was introduced
     */
    public static Optional<ForwardingFault> ofRefusal(String reason, ForwardingMode mode) {
        if (reason.contains("Unable to verify player details") || reason.contains("Invalid proxy response")) {
            return Optional.of(SECRET_REFUSED);
        }
        if (reason.contains("requires you to connect with Velocity")) {
            return Optional.of(VELOCITY_NOT_SET);
        }
        if (reason.contains("did you forget to enable BungeeCord")) {
            return Optional.of(IDENTITY_IGNORED);
        }
        boolean guard = reason.contains("Unable to authenticate");
        boolean bungee = reason.contains("If you wish to use IP forwarding")
                || reason.contains("connect through the BungeeCord proxy");
        if (!guard && !bungee) {
            return Optional.empty();
        }
        return Optional.of(
                switch (mode) {
                    case BUNGEE_GUARD -> SECRET_REFUSED;
                    case BUNGEE_CORD -> BUNGEE_GUARD_NOT_SET;
                    case NONE, VELOCITY -> guard ? BUNGEE_GUARD_NOT_SET : BUNGEE_CORD_NOT_SET;
                });
    }
}
