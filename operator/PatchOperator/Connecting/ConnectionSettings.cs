using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using k8s;
using k8s.Models;

namespace PatchOperator.Connecting;

/// <summary>How connections to the API server behave, and what of its answers is read.</summary>
internal static class ConnectionSettings
{
    // The system asks again after 1, 3, 7 s and so on: the first packets after an interruption are not to wait for longer than that.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    // A peer that vanished without a word is noticed by a missing answer to a ping, in about the time that a lease takes to run out. The client's own values
    // let a dead watch cost minutes of a window.
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(10);

    // New connections meet rotated certificates and replicas of the server that came since.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(15);

    /// <summary>Changes a configuration, so that a client made from it is hardened; a second time changes nothing.</summary>
    public static KubernetesClientConfiguration Apply(KubernetesClientConfiguration config)
    {
        var (authorities, before) = (config.SslCaCerts, config.FirstMessageHandlerSetup);
        config.FirstMessageHandlerSetup = handler =>
        {
            before?.Invoke(handler);
            Harden(handler);
            if (authorities is { Count: > 0 })
                Trust(handler, authorities);
        };
        // The client's own check of a private authority takes a certificate that is for another name.
        config.SslCaCerts = null;
        if (!config.JsonSerializerOptions.IsReadOnly)
            config.AddJsonOptions(ReadLittle);
        return config;
    }

    /// <summary>Sends everything through a proxy.</summary>
    public static void UseProxy(KubernetesClientConfiguration config, Uri proxy)
    {
        var before = config.FirstMessageHandlerSetup;
        config.FirstMessageHandlerSetup = handler =>
        {
            before?.Invoke(handler);
            handler.Proxy = new WebProxy(proxy);
        };
    }

    private static void Harden(SocketsHttpHandler handler)
    {
        handler.ConnectTimeout = ConnectTimeout;
        handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests;
        handler.KeepAlivePingDelay = PingEvery;
        handler.KeepAlivePingTimeout = PingTimeout;
        handler.PooledConnectionLifetime = ConnectionLifetime;
    }

    private static void Trust(SocketsHttpHandler handler, X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        handler.SslOptions.CertificateChainPolicy = policy;
    }

    private static void ReadLittle(JsonSerializerOptions json)
    {
        json.TypeInfoResolver = json.TypeInfoResolver!.WithAddedModifier(SkipManagedFields);
        json.Converters.Add(new PooledStrings());
    }

    // Often the larger half of an object, and nothing here reads it. An update without it leaves it as it is.
    private static void SkipManagedFields(JsonTypeInfo type)
    {
        if (type.Type == typeof(V1ObjectMeta) && type.Properties.FirstOrDefault(property => property.Name == "managedFields") is { } managedFields)
            type.Properties.Remove(managedFields);
    }
}
