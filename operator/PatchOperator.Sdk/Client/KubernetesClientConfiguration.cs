#nullable disable // as the package: no annotations

using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using k8s.Authentication;
using k8s.Exceptions;
using PatchOperator.Sdk.KubeConfig;

namespace k8s;

/// <summary>Which API server to talk to, how to trust it, and who to be.</summary>
public class KubernetesClientConfiguration
{
    private const string ServiceAccount = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>The address of the API server.</summary>
    public string Host { get; set; }

    /// <summary>The namespace of the context, or of the pod; null if none is set.</summary>
    public string Namespace { get; set; }

    /// <summary>The context that was chosen; null outside of a kubeconfig.</summary>
    public string CurrentContext { get; private set; }

    /// <summary>Whom to trust; null for the authorities of the machine.</summary>
    public X509Certificate2Collection SslCaCerts { get; set; }

    /// <summary>Trust anyone. For tests only.</summary>
    public bool SkipTlsVerify { get; set; }

    /// <summary>The name the server's certificate must carry; null for the name in <see cref="Host"/>.</summary>
    public string TlsServerName { get; set; }

    /// <summary>A client certificate, PEM in base64.</summary>
    public string ClientCertificateData { get; set; }

    /// <summary>Its key, PEM in base64.</summary>
    public string ClientCertificateKeyData { get; set; }

    /// <summary>A client certificate, PEM in a file.</summary>
    public string ClientCertificateFilePath { get; set; }

    /// <summary>Its key, PEM in a file.</summary>
    public string ClientKeyFilePath { get; set; }

    /// <summary>A user name, for basic authentication.</summary>
    public string Username { get; set; }

    /// <summary>Its password.</summary>
    public string Password { get; set; }

    /// <summary>A bearer token that does not change.</summary>
    public string AccessToken { get; set; }

    /// <summary>A source of tokens; goes before <see cref="AccessToken"/>.</summary>
    public ITokenProvider TokenProvider { get; set; }

    /// <summary>What the client calls itself; null for the name of the program.</summary>
    public string UserAgent { get; set; }

    /// <summary>How long a request may take; a watch, how long it may take to begin.</summary>
    public TimeSpan HttpClientTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>Stay with HTTP/1.1.</summary>
    public bool DisableHttp2 { get; set; }

    internal Uri ProxyUrl { get; set; }

    internal ExecConfig Exec { get; set; }

    /// <summary>KUBECONFIG, else the file in the home directory, else the pod's own account, else localhost:8080.</summary>
    public static KubernetesClientConfiguration BuildDefaultConfig()
    {
        var files = Environment.GetEnvironmentVariable("KUBECONFIG")?
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (files is { Length: > 0 })
            return ContextReader.Read(KubeConfigLoader.LoadAll(files), null, null);
        if (File.Exists(DefaultFile()))
            return BuildConfigFromConfigFile(DefaultFile());
        return IsInCluster() ? InClusterConfig() : new KubernetesClientConfiguration { Host = "http://localhost:8080" };
    }

    /// <summary>Reads a kubeconfig file; throws <see cref="KubeConfigException"/> when it does not say enough.</summary>
    public static KubernetesClientConfiguration BuildConfigFromConfigFile(
        string kubeconfigPath = null, string currentContext = null, string masterUrl = null, bool useRelativePaths = true) =>
        ContextReader.Read(KubeConfigLoader.Load(kubeconfigPath ?? DefaultFile(), useRelativePaths), currentContext, masterUrl);

    /// <summary>Whether this process runs in a pod with a service account.</summary>
    public static bool IsInCluster() =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST"))
        && !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT"))
        && File.Exists($"{ServiceAccount}/token")
        && File.Exists($"{ServiceAccount}/ca.crt");

    /// <summary>The pod's own account; throws <see cref="KubeConfigException"/> outside of a pod.</summary>
    public static KubernetesClientConfiguration InClusterConfig()
    {
        if (!IsInCluster())
            throw new KubeConfigException("not in a pod with a service account (is automountServiceAccountToken off?)");

        var host = Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST");
        var port = int.Parse(Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT")!, CultureInfo.InvariantCulture);
        return new KubernetesClientConfiguration
        {
            Host = new UriBuilder(Uri.UriSchemeHttps, host, port).ToString(),
            TokenProvider = new TokenFileAuth($"{ServiceAccount}/token"),
            SslCaCerts = ContextReader.Authorities(() => File.ReadAllText($"{ServiceAccount}/ca.crt")),
            Namespace = File.Exists($"{ServiceAccount}/namespace") ? File.ReadAllText($"{ServiceAccount}/namespace").Trim() : null,
        };
    }

    internal void SetCurrentContext(string name) => CurrentContext = name;

    private static string DefaultFile() =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config");
}
