using System.Diagnostics;
using k8s;
using k8s.Exceptions;
using k8s.KubeConfigModels;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace PatchOperator.Connecting;

/// <summary>
/// Where the API server is and who we are: the files of KUBECONFIG, else the one in the home directory, else the pod's own account. Of a
/// kubeconfig also what the client leaves out: <c>proxy-url</c>, <c>tokenFile</c>, and paths relative to each of several files.
/// </summary>
internal static class ConfigurationFiles
{
    private const string ServiceAccountToken = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    // Not the client's own reader of YAML, which looks at every class that it has.
    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .WithTypeMapping<ClusterEndpoint, Endpoint>()
        .WithTypeMapping<UserCredentials, Credentials>()
        .IgnoreUnmatchedProperties()
        .Build();

    /// <summary>The configuration of this process.</summary>
    /// <exception cref="KubeConfigException">There is none, or it does not say enough.</exception>
    public static KubernetesClientConfiguration LoadDefault(TimeProvider time)
    {
        var files = Environment.GetEnvironmentVariable("KUBECONFIG")?
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        var home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config");
        if (files.Length == 0 && File.Exists(home))
            files = [home];
        if (files.Length > 0)
            return Load(files, context: null, time);

        var config = KubernetesClientConfiguration.InClusterConfig();
        config.TokenProvider = new TokenFile(ServiceAccountToken, time);
        return config;
    }

    /// <summary>Reads kubeconfigs; what several say, the first is believed.</summary>
    /// <param name="files">Paths.</param>
    /// <param name="context">The context to take; null for the current one.</param>
    /// <param name="time">The clock of tokens.</param>
    /// <exception cref="KubeConfigException">A file is missing, or what is needed is in none.</exception>
    public static KubernetesClientConfiguration Load(IReadOnlyList<string> files, string? context, TimeProvider time)
    {
        var merged = new K8SConfiguration { Contexts = [], Clusters = [], Users = [] };
        foreach (var file in files)
            Merge(merged, file);
        var name = context ?? merged.CurrentContext;
        var chosen = merged.Contexts.FirstOrDefault(candidate => Same(candidate.Name, name))?.ContextDetails;
        var endpoint = merged.Clusters.FirstOrDefault(cluster => Same(cluster.Name, chosen?.Cluster))?.ClusterEndpoint as Endpoint;
        var credentials = merged.Users.FirstOrDefault(user => Same(user.Name, chosen?.User))?.UserCredentials as Credentials;
        // As kubectl: a token file outranks a token, for it is the one that is kept up to date.
        if (credentials?.TokenFile is { } tokenFile)
            credentials.Token = File.ReadAllText(tokenFile).Trim();

        var config = Build(merged, name);
        if (credentials?.TokenFile is { } renewed)
            config.TokenProvider = new TokenFile(renewed, time);
        else if (config.TokenProvider is not null && credentials?.ExternalExecution is { } command)
            config.TokenProvider = new ExecPlugin(command);
        if (endpoint?.ProxyUrl is { Length: > 0 } proxy)
            ConnectionSettings.UseProxy(config, new Uri(proxy));
        return config;
    }

    private static void Merge(K8SConfiguration merged, string file)
    {
        var (folder, read) = (Path.GetDirectoryName(Path.GetFullPath(file))!, Read(file));
        foreach (var endpoint in (read.Clusters ?? []).Select(cluster => cluster.ClusterEndpoint).OfType<Endpoint>())
            endpoint.CertificateAuthority = Absolute(folder, endpoint.CertificateAuthority);
        foreach (var user in (read.Users ?? []).Select(user => user.UserCredentials).OfType<Credentials>())
        {
            (user.ClientCertificate, user.ClientKey) = (Absolute(folder, user.ClientCertificate), Absolute(folder, user.ClientKey));
            user.TokenFile = Absolute(folder, user.TokenFile);
            if (user.ExternalExecution is { Command: { } command } plugin && command.Contains('/'))
                plugin.Command = Absolute(folder, command);
        }

        // Tools write an empty one where there is none.
        if (string.IsNullOrEmpty(merged.CurrentContext))
            merged.CurrentContext = read.CurrentContext;
        merged.Contexts = [.. merged.Contexts.UnionBy(read.Contexts ?? [], context => context.Name)];
        merged.Clusters = [.. merged.Clusters.UnionBy(read.Clusters ?? [], cluster => cluster.Name)];
        merged.Users = [.. merged.Users.UnionBy(read.Users ?? [], user => user.Name)];
    }

    private static K8SConfiguration Read(string file)
    {
        try
        {
            return Yaml.Deserialize<K8SConfiguration?>(File.ReadAllText(file)) ?? throw new KubeConfigException($"kubeconfig {file} is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or YamlException)
        {
            throw new KubeConfigException($"kubeconfig {file}: {e.Message}", e);
        }
    }

    // As the client compares them.
    private static bool Same(string? name, string? wanted) => string.Equals(name, wanted, StringComparison.OrdinalIgnoreCase);

    private static string? Absolute(string folder, string? path) => string.IsNullOrEmpty(path) ? null : Path.Combine(folder, path);

    // A plugin that fails says why on stderr, which the client's message lacks.
    private static KubernetesClientConfiguration Build(K8SConfiguration kubeconfig, string? context)
    {
        var said = new List<string>();
        KubernetesClientConfiguration.ExecStdError += Listen;
        try
        {
            return KubernetesClientConfiguration.BuildConfigFromConfigObject(kubeconfig, context);
        }
        catch (KubeConfigException e) when (said.Count > 0)
        {
            throw new KubeConfigException($"{e.Message.Split('\n')[0]} ({string.Join("; ", said)})", e);
        }
        finally
        {
            KubernetesClientConfiguration.ExecStdError -= Listen;
        }

        void Listen(object? sender, DataReceivedEventArgs line)
        {
            if (line.Data is not null)
                said.Add(line.Data);
        }
    }

    /// <summary>With what the client's own class lacks.</summary>
    private sealed class Endpoint : ClusterEndpoint
    {
        [YamlMember(Alias = "proxy-url", ApplyNamingConventions = false)]
        public string? ProxyUrl { get; set; }
    }

    /// <summary>With what the client's own class lacks.</summary>
    private sealed class Credentials : UserCredentials
    {
        [YamlMember(Alias = "tokenFile", ApplyNamingConventions = false)]
        public string? TokenFile { get; set; }
    }
}
