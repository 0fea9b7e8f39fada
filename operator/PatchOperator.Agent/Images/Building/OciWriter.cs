using System.Globalization;
using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Roots;
using PatchOperator.Agent.Images.Running;

namespace PatchOperator.Agent.Images.Building;

/// <summary>An OCI layout with an image of one layer, by umoci(1).</summary>
internal static class OciWriter
{
    /// <param name="tar">The layer.</param>
    /// <param name="layout">The folder that is made.</param>
    /// <param name="architecture">The image's.</param>
    /// <param name="tool">What has made it.</param>
    /// <param name="epoch">Seconds since 1970: when it was made, as far as anybody can tell.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task WriteAsync(string tar, string layout, Architectures architecture, string tool, long epoch, CancellationToken stop)
    {
        var image = $"{layout}:latest";
        var created = DateTimeOffset.FromUnixTimeSeconds(epoch).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        await UmociAsync("init", "--layout", layout);
        await UmociAsync("new", "--image", image);
        await UmociAsync("raw", "add-layer", "--image", image, "--history.created", created, "--history.created_by", tool, tar);
        await UmociAsync(
            "config", "--image", image, "--no-history", "--created", created, "--os", "linux", "--architecture", architecture.Go, "--config.cmd", "/bin/sh");
        // Each step has left an image of its own behind.
        await UmociAsync("gc", "--layout", layout);

        Task UmociAsync(params string[] arguments) => Tools.RunAsync(new HostCommand("umoci", arguments), stop);
    }
}
