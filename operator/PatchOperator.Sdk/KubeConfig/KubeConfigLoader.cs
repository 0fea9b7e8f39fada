using k8s.Exceptions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace PatchOperator.Sdk.KubeConfig;

/// <summary>Reads kubeconfig files and puts several together as kubectl does: the first to name a thing wins.</summary>
internal static class KubeConfigLoader
{
    /// <summary>Reads one file; throws <see cref="KubeConfigException"/> if it is not there or not a kubeconfig.</summary>
    internal static KubeConfigFile Load(string path, bool resolvePaths)
    {
        try
        {
            var yaml = File.ReadAllText(path);
            var config = new DeserializerBuilder().IgnoreUnmatchedProperties().Build().Deserialize<KubeConfigFile?>(yaml) ?? new KubeConfigFile();
            if (resolvePaths)
                Resolve(config, Path.GetDirectoryName(Path.GetFullPath(path))!);
            return config;
        }
        catch (IOException e)
        {
            throw new KubeConfigException($"kubeconfig {path} cannot be read", e);
        }
        catch (YamlException e)
        {
            throw new KubeConfigException($"kubeconfig {path} is not valid: {e.Message}", e);
        }
    }

    /// <summary>Reads the files of a KUBECONFIG variable; those that do not exist are left out, but not all of them.</summary>
    internal static KubeConfigFile LoadAll(IReadOnlyCollection<string> paths)
    {
        var present = paths.Where(File.Exists).ToList();
        return present.Count == 0
            ? throw new KubeConfigException($"none of the kubeconfig files exists: {string.Join(", ", paths)}")
            : present.Select(path => Load(path, resolvePaths: true)).Aggregate(Merge);
    }

    private static KubeConfigFile Merge(KubeConfigFile first, KubeConfigFile second) => new()
    {
        CurrentContext = string.IsNullOrEmpty(first.CurrentContext) ? second.CurrentContext : first.CurrentContext,
        Clusters = [.. (first.Clusters ?? []).Concat(second.Clusters ?? []).DistinctBy(cluster => cluster.Name)],
        Contexts = [.. (first.Contexts ?? []).Concat(second.Contexts ?? []).DistinctBy(context => context.Name)],
        Users = [.. (first.Users ?? []).Concat(second.Users ?? []).DistinctBy(user => user.Name)],
    };

    /// <summary>Paths in a kubeconfig are relative to the file they stand in.</summary>
    private static void Resolve(KubeConfigFile config, string directory)
    {
        foreach (var cluster in (config.Clusters ?? []).Select(named => named.Cluster).OfType<ClusterConfig>())
            cluster.CertificateAuthority = Absolute(cluster.CertificateAuthority, directory);

        foreach (var user in (config.Users ?? []).Select(named => named.User).OfType<UserConfig>())
        {
            user.ClientCertificate = Absolute(user.ClientCertificate, directory);
            user.ClientKey = Absolute(user.ClientKey, directory);
            user.TokenFile = Absolute(user.TokenFile, directory);
            if (user.Exec?.Command?.Contains('/', StringComparison.Ordinal) == true) // a bare name is looked up in PATH
                user.Exec.Command = Absolute(user.Exec.Command, directory);
        }
    }

    private static string? Absolute(string? path, string directory) => string.IsNullOrEmpty(path) ? null : Path.Combine(directory, path);
}
