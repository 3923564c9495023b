package heddle.stream;

import heddle.api.network.Connection;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How connections are encrypted: give it to {@link ConnectOptions#withTls} or {@link ServerOptions#withTls}. Immutable.
 *
 * <p>A client verifies that the server's certificate is signed by somebody trusted, <b>and</b> that it is for the host that it
 * asked for, unless a method whose name begins with {@code insecure} was called. A stream that ends without the peer saying
 * so under encryption is an error, {@link javax.net.ssl.SSLException}, and no end: somebody may have cut it.
 */
public final class Tls {

    private final SSLContext context;
    private final boolean client;
    private final boolean checksHost;
    private final boolean needsClient;
    private final @Nullable String serverName;
    private final List<String> protocols;

    private Tls(
            SSLContext context,
            boolean client,
            boolean checksHost,
            boolean needsClient,
            @Nullable String serverName,
            List<String> protocols) {
        this.context = context;
        this.client = client;
        this.checksHost = checksHost;
        this.needsClient = needsClient;
        this.serverName = serverName;
        this.protocols = protocols;
    }

    /**
     * For clients that trust whom the JVM trusts.
     *
     * @return new settings
     */
    public static Tls client() {
        try {
            return client(SSLContext.getDefault());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }

    /**
     * For clients, with a context of one's own.
     *
     * @param context whom to trust, and who one is
     * @return new settings
     */
    public static Tls client(SSLContext context) {
        return new Tls(Objects.requireNonNull(context, "context"), true, true, false, null, List.of());
    }

    /**
     * For clients that trust the authorities in a key store, and nobody else.
     *
     * @param trusted whom to trust
     * @return new settings
     * @throws GeneralSecurityException if the store can't be used
     */
    public static Tls clientTrusting(KeyStore trusted) throws GeneralSecurityException {
        Objects.requireNonNull(trusted, "trusted");
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return client(context(null, factory.getTrustManagers()));
    }

    /**
     * For servers, with a context of one's own.
     *
     * @param context who one is, and which clients to trust
     * @return new settings
     */
    public static Tls server(SSLContext context) {
        return new Tls(Objects.requireNonNull(context, "context"), false, false, false, null, List.of());
    }

    /**
     * For servers, with the key and certificates of a key store.
     *
     * @param keys who one is
     * @param password the password of the key; copied
     * @return new settings
     * @throws GeneralSecurityException if the store can't be used
     */
    public static Tls server(KeyStore keys, char[] password) throws GeneralSecurityException {
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(password, "password");
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password.clone());
        return server(context(factory, null));
    }

    private static SSLContext context(@Nullable KeyManagerFactory keys, TrustManager @Nullable [] trust)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys == null ? null : keys.getKeyManagers(), trust, null);
        return context;
    }

    /**
     * These, with protocols to agree on (ALPN), the best one first.
     *
     * @param names their names, as {@code h2}
     * @return new settings
     */
    public Tls withApplicationProtocols(String... names) {
        return new Tls(
                context, client, checksHost, needsClient, serverName, List.of(Objects.requireNonNull(names, "names")));
    }

    /**
     * These, asking for a server of another name (SNI) than that of the host it connects to, and verifying that.
     *
     * @param name the name
     * @return new settings
     */
    public Tls withServerName(String name) {
        return new Tls(context, client, checksHost, needsClient, Objects.requireNonNull(name, "name"), protocols);
    }

    /**
     * These, refusing clients without a trusted certificate.
     *
     * @return new settings
     */
    public Tls withClientCertificates() {
        return new Tls(context, client, checksHost, true, serverName, protocols);
    }

    /**
     * These, not looking at whose certificate it is, as long as it is trusted: anybody with any certificate can pose as the
     * server.
     *
     * @return new settings
     */
    public Tls insecureAnyHost() {
        return new Tls(context, client, false, needsClient, serverName, protocols);
    }

    /**
     * These, trusting everybody: anybody at all can pose as the server.
     *
     * @return new settings
     */
    public Tls insecureAnyCertificate() {
        try {
            SSLContext trusting = context(null, new TrustManager[] {new TrustAll()});
            return new Tls(trusting, client, false, needsClient, serverName, protocols);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }

    /**
     * What was agreed on in the handshake of a connection.
     *
     * @param connection the connection, as {@link StreamWriter#connection()}
     * @return the session, or null if it isn't encrypted
     */
    public static @Nullable SSLSession sessionOf(Connection connection) {
        return Objects.requireNonNull(connection, "connection") instanceof TlsConnection tls
                ? tls.engine().getSession()
                : null;
    }

    /**
     * The application protocol that was agreed on.
     *
     * @param connection the connection, as {@link StreamWriter#connection()}
     * @return its name; null if there is none, or it isn't encrypted
     */
    public static @Nullable String applicationProtocolOf(Connection connection) {
        String name = Objects.requireNonNull(connection, "connection") instanceof TlsConnection tls
                ? tls.engine().getApplicationProtocol()
                : null;
        return name == null || name.isEmpty() ? null : name;
    }

    SSLEngine engine(String host, int port) {
        String name = serverName != null ? serverName : host;
        SSLEngine engine = client ? context.createSSLEngine(name, port) : context.createSSLEngine();
        engine.setUseClientMode(client);
        SSLParameters parameters = engine.getSSLParameters();
        if (checksHost) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS"); // without this the JDK accepts any host
        }
        if (needsClient) {
            parameters.setNeedClientAuth(true);
        }
        if (!protocols.isEmpty()) {
            parameters.setApplicationProtocols(protocols.toArray(String[]::new));
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    Tls forClients() {
        return checkSide(true);
    }

    Tls forServers() {
        return checkSide(false);
    }

    private Tls checkSide(boolean wanted) {
        if (client != wanted) {
            throw new IllegalArgumentException(
                    this + " given to a " + (wanted ? "client: Tls.client()" : "server: Tls.server(…)"));
        }
        return this;
    }

    @Override
    public String toString() {
        return "Tls for " + (client ? "clients" + (checksHost ? "" : ", insecure") : "servers");
    }
}
