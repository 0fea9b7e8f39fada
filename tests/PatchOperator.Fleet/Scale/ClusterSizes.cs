using System.Globalization;
using System.Text;
using System.Text.Json;
using PatchOperator.Api;

namespace PatchOperator.Fleet.Scale;

/// <summary>How much the operator's work takes of the API server's storage.</summary>
internal sealed class ClusterSizes(BareCluster cluster, string jobNamespace)
{
    private const double MiB = 1 << 20;

    /// <summary>Of etcd's file, and of what is in use of it.</summary>
    public async Task<(double File, double InUse)> EtcdMiBAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync($"http://127.0.0.1:{cluster.Settings["etcd_port"]}/metrics", cancellationToken);
        return (Value("etcd_mvcc_db_total_size_in_bytes"), Value("etcd_mvcc_db_total_size_in_use_in_bytes"));

        double Value(string name) =>
            double.Parse(
                metrics.Split('\n').First(line => line.StartsWith($"{name} ", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture) / MiB;
    }

    /// <summary>Of each of our kinds that there are objects of, and of what was made for them.</summary>
    public async Task<List<ObjectSize>> ObjectsAsync(CancellationToken cancellationToken)
    {
        const string Own = $"/apis/{ApiGroup.GroupVersion}";
        var kinds = (await cluster.Api.GetAsync(Own, cancellationToken))!["resources"]!
            .AsArray()
            .Select(kind => (string)kind!["name"]!)
            .Where(name => !name.Contains('/'));
        var sizes = new List<ObjectSize>();
        foreach (var path in kinds.Select(kind => $"{Own}/{kind}").Append($"/apis/batch/v1/namespaces/{jobNamespace}/jobs").Append($"/api/v1/namespaces/{jobNamespace}/pods").Append("/api/v1/events"))
        {
            var objects = await cluster.Api
                .ListAsync(path, cancellationToken)
                .Select(item => Encoding.UTF8.GetByteCount(item.ToJsonString(JsonSerializerOptions.Web)))
                .ToListAsync(cancellationToken);
            if (objects.Count > 0)
                sizes.Add(new ObjectSize(path.Split('/')[^1], objects.Count, objects.Max(), objects.Average()));
        }

        return sizes;
    }
}
