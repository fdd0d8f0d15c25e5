"""Why can nothing be read over a secure connection to this server? Said for what it is: expired, another's, too old."""

import ssl

import aiohttp

# X509_V_ERR_* of OpenSSL (x509_vfy.h), as ``ssl.SSLCertVerificationError.verify_code`` gives them.
_CERTIFICATE = {
    9: "its certificate is not valid yet (if the clock here is right)",
    10: "its certificate has expired (if the clock here is right)",
    18: "its certificate is signed by nobody but itself",
    19: "its certificate leads to an authority that signed itself and is not trusted here",
    20: "its certificate is signed by an authority that is not known here",
    21: "its certificate comes without those of the authorities between it and one known here",
    23: "its certificate was revoked",
    62: "its certificate is for another host",
    64: "its certificate is for another address",
}
# Reasons of OpenSSL (sslerr.h) where no version is common: our word about its hello, or its alert about ours.
_OLD = frozenset({"UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION", "WRONG_SSL_VERSION", "VERSION_TOO_LOW"})
_PLAIN = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST"})


def fault(error: aiohttp.ClientSSLError) -> str:
    """Return what is wrong with the server's certificate, version or ciphers, in words that follow its address."""
    wrong = getattr(error, "certificate_error", None) or getattr(error, "os_error", None) or error.__cause__
    if isinstance(wrong, ssl.SSLCertVerificationError):
        said = _CERTIFICATE.get(wrong.verify_code, "its certificate does not hold")
        return f"{said} ({wrong.verify_message})"
    reason = str(getattr(wrong, "reason", None) or wrong or error)
    if reason in _OLD:
        return f"it speaks only TLS older than 1.2, which is refused ({reason})"
    if reason in _PLAIN:
        return f"it does not speak TLS at all on that port ({reason})"
    return f"it has no secure connection to offer that is accepted here ({reason})"


def cut_off(error: Exception) -> bool:
    """Whether the server took the connection and ended it in the middle of the handshake, without an alert.

    The event loop's own word for that is a ConnectionResetError without a number; the system's errors have one.
    """
    wrong = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else None
    return isinstance(wrong, ConnectionResetError) and wrong.errno is None
