using System.Net;
using System.Security.Cryptography.X509Certificates;
using k8s;
using PatchOperator.Sdk.Authentication;

namespace PatchOperator.Sdk.Http;

/// <summary>Connections to the server: TLS, proxy, and pings that notice when the other end is gone.</summary>
internal static class ServerHandler
{
    internal static SocketsHttpHandler Create(KubernetesClientConfiguration config, Credentials credentials)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(30),
            EnableMultipleHttp2Connections = true,

            // A peer that vanished without a word is noticed by a missing answer to a ping. The package waits for minutes; a watch that
            // is silent all that time costs windows.
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            KeepAlivePingDelay = TimeSpan.FromSeconds(20),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),

            // New connections pick up rotated certificates and server replicas that came since.
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
        };
        if (config.ProxyUrl is { } proxy)
            handler.Proxy = new WebProxy(proxy);
        TrustServer(handler, config);
        handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => credentials.ClientCertificate!;
        return handler;
    }

    private static void TrustServer(SocketsHttpHandler handler, KubernetesClientConfiguration config)
    {
        if (config.SkipTlsVerify)
        {
#pragma warning disable CA5359 // asked for by insecure-skip-tls-verify
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (config.SslCaCerts is { Count: > 0 } authorities)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(authorities);
            handler.SslOptions.CertificateChainPolicy = policy;
        }
    }
}
