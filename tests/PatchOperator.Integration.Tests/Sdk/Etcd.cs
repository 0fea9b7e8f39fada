using System.Net.Http.Json;

namespace PatchOperator.Integration.Tests.Sdk;

/// <summary>The database of the test cluster, to let it forget history.</summary>
internal sealed class Etcd
{
    private readonly Uri address;

    private Etcd(Uri address) => this.address = address;

    /// <summary>The database of the cluster we brought up, from its settings; null for a cluster that was given to us.</summary>
    internal static async Task<Etcd?> FindAsync(ApiServerFixture api)
    {
        var settings = Path.Combine(Path.GetDirectoryName(api.Kubeconfig)!, "settings");
        if (!File.Exists(settings))
            return null;

        var port = (await File.ReadAllLinesAsync(settings)).Single(line => line.StartsWith("etcd_port=", StringComparison.Ordinal))["etcd_port=".Length..];
        return new Etcd(new Uri($"http://127.0.0.1:{port}"));
    }

    /// <summary>Forgets all versions before this one.</summary>
    internal async Task CompactAsync(string version)
    {
        using var client = new HttpClient { BaseAddress = address };
        var request = new { revision = version, physical = true };
        using var response = await client.PostAsJsonAsync("/v3/kv/compaction", request);
        response.EnsureSuccessStatusCode();
    }
}
