using System.Collections.Concurrent;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PatchOperator.Integration.Tests.Sdk;

/// <summary>Answers what a real API server answers only on a bad day. HTTP/1.1 on loopback.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly ConcurrentQueue<RequestDelegate> script;

    private ScriptedServer(WebApplication application, IEnumerable<RequestDelegate> script)
    {
        this.application = application;
        this.script = new ConcurrentQueue<RequestDelegate>(script);
    }

    /// <summary>Method and path of each request, in order.</summary>
    internal ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The Authorization header of each request, in order.</summary>
    internal ConcurrentQueue<string> Authorizations { get; } = new();

    /// <summary>The body of each request that had one, in order.</summary>
    internal ConcurrentQueue<string> Bodies { get; } = new();

    internal string Address => application.Urls.Single();

    internal KubernetesClientConfiguration Configuration => new() { Host = Address };

    /// <summary>One answer per request; the last one for all that follow.</summary>
    internal static async Task<ScriptedServer> StartAsync(params RequestDelegate[] script)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new ScriptedServer(builder.Build(), script);
        server.application.Run(server.AnswerAsync);
        await server.application.StartAsync();
        return server;
    }

    /// <summary>An object.</summary>
    internal static RequestDelegate Json(string json) => Status(StatusCodes.Status200OK, json);

    /// <summary>An error with a Status object, and a Retry-After header if given.</summary>
    internal static RequestDelegate Error(int code, string reason, int? retryAfter = null) => context =>
    {
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Status(code, StatusJson(code, reason))(context);
    };

    /// <summary>Lines as they are, then the end, in good order or by cutting the connection.</summary>
    internal static RequestDelegate Lines(bool cut, params string[] lines) => async context =>
    {
        context.Response.ContentType = "application/json";
        foreach (var line in lines)
            await context.Response.WriteAsync(line, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (cut)
            context.Abort();
    };

    /// <summary>The beginning of an answer, and nothing more until the client gives up.</summary>
    internal static async Task SilenceAfterHeadersAsync(HttpContext context)
    {
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await SilenceAsync(context);
    }

    /// <summary>A part of a body, and nothing more until the client gives up.</summary>
    internal static RequestDelegate SilenceAfter(string part, int code = StatusCodes.Status200OK) => async context =>
    {
        context.Response.StatusCode = code;
        await context.Response.WriteAsync(part, context.RequestAborted);
        await SilenceAfterHeadersAsync(context);
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

    internal static string StatusJson(int code, string reason) =>
        $$"""{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"{{reason}}","message":"{{reason}} it is","code":{{code}}}""";

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private static RequestDelegate Status(int code, string json) => context =>
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json, context.RequestAborted);
    };

    private async Task AnswerAsync(HttpContext context)
    {
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
        Authorizations.Enqueue(context.Request.Headers.Authorization.ToString());
        using var body = new StreamReader(context.Request.Body);
        if (await body.ReadToEndAsync(context.RequestAborted) is { Length: > 0 } text)
            Bodies.Enqueue(text);
        await (script.Count > 1 && script.TryDequeue(out var answer) ? answer : Last())(context);
    }

    private RequestDelegate Last() => script.TryPeek(out var last) ? last : throw new InvalidOperationException("the script is empty");
}
