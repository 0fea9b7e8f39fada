using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PatchOperator.Registry.Tests.Registries;

/// <summary>Answers what a real registry answers only on a bad day. HTTP/1.1 on loopback.</summary>
internal sealed class ScriptedRegistry : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly ConcurrentQueue<RequestDelegate> script;

    private ScriptedRegistry(WebApplication application, IEnumerable<RequestDelegate> script)
    {
        this.application = application;
        this.script = new ConcurrentQueue<RequestDelegate>(script);
    }

    /// <summary>Method, path and query of each request, in order, and its Authorization after a blank if it has one.</summary>
    internal ConcurrentQueue<string> Requests { get; } = new();

    internal ConcurrentQueue<string> Bodies { get; } = new();

    internal string Url => application.Urls.Single();

    internal string Address => new Uri(Url).Authority;

    /// <summary>One answer per request; the last one for all that follow.</summary>
    internal static async Task<ScriptedRegistry> StartAsync(params RequestDelegate[] script)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var registry = new ScriptedRegistry(builder.Build(), script);
        registry.application.Run(registry.AnswerAsync);
        await registry.application.StartAsync();
        return registry;
    }

    /// <summary>More answers, for those that must know this server's address.</summary>
    internal void Then(params RequestDelegate[] answers) => Array.ForEach(answers, script.Enqueue);

    internal RegistryClient Client(string credentials = """{"auths":{}}""", HttpClient? http = null) =>
        new(http ?? TestClients.Http, $"{Address}/golden/worker", DockerCredentials.Parse(credentials), insecure: true);

    internal static RequestDelegate Status(int code, string body = "", params (string Name, string Value)[] headers) => context =>
    {
        context.Response.StatusCode = code;
        foreach (var (name, value) in headers)
            context.Response.Headers.Append(name, value);
        return body.Length == 0 ? Task.CompletedTask : context.Response.WriteAsync(body, context.RequestAborted);
    };

    /// <summary>An error as the distribution specification has it.</summary>
    internal static RequestDelegate Error(int code, string error, string message) => Status(code, $$"""{"errors":[{"code":"{{error}}","message":"{{message}}"}]}""");

    /// <summary>A part of an answer, then a cut.</summary>
    internal static RequestDelegate Cut(string part) => async context =>
    {
        context.Response.ContentLength = part.Length + 1000;
        await context.Response.WriteAsync(part, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    };

    /// <summary>Nothing, until the client gives up.</summary>
    internal static async Task SilenceAsync(HttpContext context)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The client gave up.
        }
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new StreamReader(context.Request.Body);
        Bodies.Enqueue(await body.ReadToEndAsync(context.RequestAborted));
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.Headers.Authorization}".TrimEnd());
        await (script.Count > 1 && script.TryDequeue(out var answer) ? answer : Last())(context);
    }

    private RequestDelegate Last() => script.TryPeek(out var last) ? last : throw new InvalidOperationException("the script is empty");
}
