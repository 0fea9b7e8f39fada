using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using k8s.Authentication;
using k8s.Exceptions;

namespace PatchOperator.Sdk.KubeConfig;

/// <summary>Turns one context of a kubeconfig into the configuration of a client.</summary>
internal static class ContextReader
{
    internal static KubernetesClientConfiguration Read(KubeConfigFile file, string? contextName, string? server)
    {
        var name = string.IsNullOrEmpty(contextName) ? file.CurrentContext : contextName;
        var config = new KubernetesClientConfiguration();
        if (!string.IsNullOrEmpty(name))
            SetContext(config, file, name);
        if (!string.IsNullOrWhiteSpace(server))
            config.Host = server;
        return string.IsNullOrWhiteSpace(config.Host)
            ? throw new KubeConfigException("the kubeconfig has no current context, and no server was given")
            : config;
    }

    private static void SetContext(KubernetesClientConfiguration config, KubeConfigFile file, string name)
    {
        var context = (file.Contexts ?? []).FirstOrDefault(named => named.Name == name)?.Context
            ?? throw new KubeConfigException($"the kubeconfig has no context '{name}'");
        var cluster = (file.Clusters ?? []).FirstOrDefault(named => named.Name == context.Cluster)?.Cluster
            ?? throw new KubeConfigException($"the kubeconfig has no cluster '{context.Cluster}' (context '{name}')");
        config.SetCurrentContext(name);
        config.Namespace = string.IsNullOrEmpty(context.Namespace) ? null : context.Namespace;
        SetCluster(config, cluster, context.Cluster);
        if (string.IsNullOrEmpty(context.User))
            return;

        var user = (file.Users ?? []).FirstOrDefault(named => named.Name == context.User)?.User
            ?? throw new KubeConfigException($"the kubeconfig has no user '{context.User}' (context '{name}')");
        SetUser(config, user);
        SetExec(config, user.Exec, cluster);
    }

    private static void SetCluster(KubernetesClientConfiguration config, ClusterConfig cluster, string? name)
    {
        if (!Uri.TryCreate(cluster.Server, UriKind.Absolute, out var server))
            throw new KubeConfigException($"'{cluster.Server}' is not the address of an API server (cluster '{name}')");

        config.Host = Reachable(server);
        config.SkipTlsVerify = cluster.SkipTlsVerify;
        config.TlsServerName = cluster.TlsServerName;
        config.ProxyUrl = string.IsNullOrEmpty(cluster.ProxyUrl) ? null : new Uri(cluster.ProxyUrl);
        if (!string.IsNullOrEmpty(cluster.CertificateAuthorityData))
            config.SslCaCerts = Authorities(() => Encoding.UTF8.GetString(Convert.FromBase64String(cluster.CertificateAuthorityData)));
        else if (!string.IsNullOrEmpty(cluster.CertificateAuthority))
            config.SslCaCerts = Authorities(() => File.ReadAllText(cluster.CertificateAuthority));
    }

    private static void SetUser(KubernetesClientConfiguration config, UserConfig user)
    {
        // As kubectl: a token file outranks a token, for it is the one that is kept up to date.
        if (!string.IsNullOrEmpty(user.TokenFile))
            config.TokenProvider = new TokenFileAuth(user.TokenFile);
        config.AccessToken = user.Token;
        config.Username = user.Username;
        config.Password = user.Password;
        config.ClientCertificateData = user.ClientCertificateData;
        config.ClientCertificateKeyData = user.ClientKeyData;
        config.ClientCertificateFilePath = string.IsNullOrEmpty(user.ClientCertificateData) ? user.ClientCertificate : null;
        config.ClientKeyFilePath = string.IsNullOrEmpty(user.ClientKeyData) ? user.ClientKey : null;
    }

    private static void SetExec(KubernetesClientConfiguration config, ExecConfig? exec, ClusterConfig cluster)
    {
        if (exec is null)
            return;

        if (string.IsNullOrEmpty(exec.Command))
            throw new KubeConfigException("an exec plugin needs a command");
        if (exec.ApiVersion is not ("client.authentication.k8s.io/v1" or "client.authentication.k8s.io/v1beta1"))
            throw new KubeConfigException($"'{exec.ApiVersion}' of exec plugin {exec.Command} is not supported");

        if (exec.ProvideClusterInfo)
        {
            exec.ClusterInfo = new Dictionary<string, object?>
            {
                ["server"] = cluster.Server,
                ["tls-server-name"] = cluster.TlsServerName,
                ["insecure-skip-tls-verify"] = cluster.SkipTlsVerify,
                ["certificate-authority-data"] = config.SslCaCerts is null ? null
                    : Convert.ToBase64String(Encoding.UTF8.GetBytes(config.SslCaCerts.ExportCertificatePems())),
                ["proxy-url"] = cluster.ProxyUrl,
            };
        }

        config.Exec = exec;
    }

    internal static X509Certificate2Collection Authorities(Func<string> pem)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPem(pem());
            return authorities;
        }
        catch (Exception e) when (e is IOException or FormatException or CryptographicException)
        {
            throw new KubeConfigException($"the certificate authority cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Some tools write the address a server listens on; connect to this machine then.</summary>
    private static string Reachable(Uri server)
    {
        if (!IPAddress.TryParse(server.Host.Trim('[', ']'), out var address))
            return server.OriginalString;
        if (address.Equals(IPAddress.Any))
            return new UriBuilder(server) { Host = IPAddress.Loopback.ToString() }.ToString();
        return address.Equals(IPAddress.IPv6Any)
            ? new UriBuilder(server) { Host = IPAddress.IPv6Loopback.ToString() }.ToString()
            : server.OriginalString;
    }
}
