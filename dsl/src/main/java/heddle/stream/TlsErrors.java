package heddle.stream;

import heddle.api.network.Connection;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Says in plain words what was wrong with a handshake, which the JDK hides in the causes of causes. */
final class TlsErrors {

    private TlsErrors() {}

    static Throwable explained(Throwable e, Connection connection) {
        if (!(e instanceof SSLException)) {
            return e;
        }
        SSLHandshakeException better =
                new SSLHandshakeException("no TLS with " + connection.remoteAddress() + ": " + reason(e));
        better.initCause(e);
        return better;
    }

    private static String reason(Throwable e) {
        String host = null;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return "the certificate has expired (" + cause.getMessage() + ")";
            }
            if (cause instanceof CertificateNotYetValidException) {
                return "the certificate isn't valid yet (" + cause.getMessage() + ")";
            }
            if (cause instanceof CertPathBuilderException) {
                return "the certificate isn't signed by anybody trusted: it is self-signed, or its authority is"
                        + " unknown";
            }
            if (cause instanceof CertificateException
                    && cause.getCause() == null
                    && String.valueOf(cause.getMessage()).startsWith("No ")) {
                host = "the certificate is for another host (" + cause.getMessage() + ")";
            }
        }
        if (host != null) {
            return host;
        }
        String message = String.valueOf(e.getMessage());
        return message.contains("Empty client certificate chain") ? "the client showed no certificate" : message;
    }
}
