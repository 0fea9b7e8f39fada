using System.Net;

namespace PatchOperator.Agent.Tests.Images;

/// <summary>A folder as a web server on loopback gives it out: a mirror of packages that can be away.</summary>
internal sealed class StaticServer : IDisposable
{
    private readonly string folder;
    private readonly HttpListener listener = new();

    public StaticServer(string folder)
    {
        this.folder = folder;
        Url = $"http://127.0.0.1:{FreePort.Find()}";
        listener.Prefixes.Add(Url + "/");
        listener.Start();
        _ = ServeAsync();
    }

    public string Url { get; }

    /// <summary>What it answers, instead of files, when set.</summary>
    public HttpStatusCode? Answer { get; set; }

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            await AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var file = Path.Combine(folder, Uri.UnescapeDataString(context.Request.Url!.AbsolutePath).TrimStart('/'));
        var response = context.Response;
        response.KeepAlive = false;
        response.StatusCode = (int)(Answer ?? (File.Exists(file) ? HttpStatusCode.OK : HttpStatusCode.NotFound));
        try
        {
            if (response.StatusCode == (int)HttpStatusCode.OK)
            {
                await using var content = File.OpenRead(file);
                response.ContentLength64 = content.Length;
                if (context.Request.HttpMethod == "GET")
                    await content.CopyToAsync(response.OutputStream);
            }

            response.Close();
        }
        catch (Exception error) when (error is HttpListenerException or IOException)
        {
            // The client has what it wants.
        }
    }
}
