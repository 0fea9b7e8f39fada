using System.Diagnostics;
using k8s;
using k8s.Exceptions;
using k8s.KubeConfigModels;
using YamlDotNet.Serialization;

namespace PatchOperator.Connecting;

/// <summary>
/// Where the API server is and who we are: the files of KUBECONFIG, else the one in the home directory, else the pod's own account. Of a
/// kubeconfig also what the client leaves out: <c>proxy-url</c>, <c>tokenFile</c>, and paths relative to each of several files.
/// </summary>
internal static class ConfigurationFiles
{
    private const string ServiceAccountToken = "/var/run/secrets/kubernetes.io/serviceaccount/token";

    private static readonly IDeserializer Yaml = new DeserializerBuilder().IgnoreUnmatchedProperties().Build();

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
        var (merged, extras) = (new K8SConfiguration { Contexts = [], Clusters = [], Users = [] }, new Extras());
        foreach (var file in files)
            Merge(merged, extras, file);
        var name = context ?? merged.CurrentContext;
        var chosen = merged.Contexts.FirstOrDefault(candidate => candidate.Name == name)?.ContextDetails;
        var credentials = merged.Users.FirstOrDefault(user => user.Name == chosen?.User)?.UserCredentials;
        var tokenFile = extras.Users.FirstOrDefault(user => user.Name == chosen?.User)?.User.TokenFile;
        if (tokenFile is not null && credentials is not null)
            credentials.Token = File.ReadAllText(tokenFile).Trim();

        var config = Build(merged, name);
        // As kubectl: a token file outranks a token, for it is the one that is kept up to date.
        if (tokenFile is not null)
            config.TokenProvider = new TokenFile(tokenFile, time);
        else if (config.TokenProvider is not null && credentials?.ExternalExecution is { } command)
            config.TokenProvider = new ExecPlugin(command);
        if (extras.Clusters.FirstOrDefault(cluster => cluster.Name == chosen?.Cluster)?.Cluster.ProxyUrl is { } proxy)
            ConnectionSettings.UseProxy(config, new Uri(proxy));
        return config;
    }

    private static void Merge(K8SConfiguration merged, Extras extras, string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var read = KubernetesClientConfiguration.LoadKubeConfig(file);
        foreach (var endpoint in (read.Clusters ?? []).Select(cluster => cluster.ClusterEndpoint).OfType<ClusterEndpoint>())
            endpoint.CertificateAuthority = Absolute(folder, endpoint.CertificateAuthority);
        foreach (var user in (read.Users ?? []).Select(user => user.UserCredentials).OfType<UserCredentials>())
        {
            (user.ClientCertificate, user.ClientKey) = (Absolute(folder, user.ClientCertificate), Absolute(folder, user.ClientKey));
            if (user.ExternalExecution is { Command: { } command } plugin && command.Contains('/'))
                plugin.Command = Absolute(folder, command);
        }

        merged.CurrentContext ??= read.CurrentContext;
        merged.Contexts = [.. merged.Contexts.UnionBy(read.Contexts ?? [], context => context.Name)];
        merged.Clusters = [.. merged.Clusters.UnionBy(read.Clusters ?? [], cluster => cluster.Name)];
        merged.Users = [.. merged.Users.UnionBy(read.Users ?? [], user => user.Name)];

        var more = Yaml.Deserialize<Extras?>(File.ReadAllText(file)) ?? new Extras();
        foreach (var user in more.Users)
            user.User.TokenFile = Absolute(folder, user.User.TokenFile);
        extras.Clusters = [.. extras.Clusters.UnionBy(more.Clusters, cluster => cluster.Name)];
        extras.Users = [.. extras.Users.UnionBy(more.Users, user => user.Name)];
    }

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

    /// <summary>What the client's own model of a kubeconfig lacks.</summary>
    private sealed class Extras
    {
        [YamlMember(Alias = "clusters")]
        public List<NamedCluster> Clusters { get; set; } = [];

        [YamlMember(Alias = "users")]
        public List<NamedUser> Users { get; set; } = [];
    }

    private sealed class NamedCluster
    {
        [YamlMember(Alias = "name")]
        public string? Name { get; set; }

        [YamlMember(Alias = "cluster")]
        public ClusterExtras Cluster { get; set; } = new();
    }

    private sealed class ClusterExtras
    {
        [YamlMember(Alias = "proxy-url")]
        public string? ProxyUrl { get; set; }
    }

    private sealed class NamedUser
    {
        [YamlMember(Alias = "name")]
        public string? Name { get; set; }

        [YamlMember(Alias = "user")]
        public UserExtras User { get; set; } = new();
    }

    private sealed class UserExtras
    {
        [YamlMember(Alias = "tokenFile")]
        public string? TokenFile { get; set; }
    }
}
