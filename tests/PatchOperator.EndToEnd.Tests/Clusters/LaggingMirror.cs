using System.Globalization;
using System.Net;
using System.Text;

namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>
/// A mirror of Debian's security suite that has not been synchronized since the suite was empty, until it catches up: from then on it sends everybody to the
/// real one.
/// </summary>
internal sealed class LaggingMirror : IDisposable
{
    private const string EmptyDigest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private readonly HttpListener listener = new();
    private readonly string prefix;
    private readonly AptSource real;
    private readonly string architecture;
    private volatile bool caughtUp;

    private LaggingMirror(string address, AptSource real, string architecture)
    {
        (this.real, this.architecture) = (real, architecture);
        prefix = $"http://{address}:{FreePort.Find(IPAddress.Parse(address))}/";
        listener.Prefixes.Add(prefix);
        listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Unsigned while it lags, as nobody but Debian can sign for Debian.</summary>
    public string Line => $"deb [trusted=yes] {prefix} {real.Suite} {real.Components}";

    /// <param name="address">Where it listens.</param>
    /// <param name="real">The suite that it is a mirror of.</param>
    public static async Task<LaggingMirror> StartAsync(string address, AptSource real) =>
        new(address, real, (await Command.RunAsync("dpkg", ["--print-architecture"])).Succeeded());

    public void CatchUp() => caughtUp = true;

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                await AnswerAsync(await listener.GetContextAsync());
        }
        catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath.TrimStart('/');
        using var response = context.Response;
        if (caughtUp)
            response.Redirect(real.Uri.TrimEnd('/') + "/" + path);
        else if (path == $"dists/{real.Suite}/Release")
            await WriteAsync(response, Encoding.ASCII.GetBytes(Release()));
        else if (!path.EndsWith("/Packages", StringComparison.Ordinal))
            response.StatusCode = 404;
    }

    // With its length: apt takes a file of none for an empty one.
    private static Task WriteAsync(HttpListenerResponse response, byte[] content)
    {
        response.ContentLength64 = content.Length;
        return response.OutputStream.WriteAsync(content).AsTask();
    }

    private string Release()
    {
        var components = real.Components.Split(' ');
        var files = components.Select(component => $" {EmptyDigest} 0 {component}/binary-{architecture}/Packages\n");
        var date = TimeProvider.System.GetUtcNow().AddDays(-1).ToString("r", CultureInfo.InvariantCulture).Replace("GMT", "UTC", StringComparison.Ordinal);
        return $"Origin: Debian\nLabel: Debian-Security\nCodename: {real.Suite}\nDate: {date}\nArchitectures: {architecture}\nComponents: "
            + $"{real.Components}\nSHA256:\n{string.Concat(files)}";
    }
}
