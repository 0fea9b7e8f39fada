using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PatchOperator.Testing;

/// <summary>Answers what a real server answers only on a bad day. HTTP/1.1 on loopback.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly ConcurrentQueue<RequestDelegate> script;

    private ScriptedServer(WebApplication application, IEnumerable<RequestDelegate> script)
    {
        this.application = application;
        this.script = new ConcurrentQueue<RequestDelegate>(script);
    }

    /// <summary>Method, path and query of each request, in order, and its Authorization after a blank if it has one.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The Authorization header of each request, in order.</summary>
    public ConcurrentQueue<string> Authorizations { get; } = new();

    /// <summary>The body of each request that had one, in order.</summary>
    public ConcurrentQueue<string> Bodies { get; } = new();

    /// <summary>Where it is, with its scheme.</summary>
    public string Url => application.Urls.Single();

    /// <summary>Host and port.</summary>
    public string Address => new Uri(Url).Authority;

    /// <summary>One answer per request; the last one for all that follow.</summary>
    public static async Task<ScriptedServer> StartAsync(params RequestDelegate[] script)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new ScriptedServer(builder.Build(), script);
        server.application.Run(server.AnswerAsync);
        await server.application.StartAsync();
        return server;
    }

    /// <summary>More answers, for those that must know this server's address.</summary>
    public void Then(params RequestDelegate[] answers) => Array.ForEach(answers, script.Enqueue);

    /// <summary>Any answer.</summary>
    public static RequestDelegate Status(int code, string body = "", params (string Name, string Value)[] headers) => context =>
    {
        context.Response.StatusCode = code;
        foreach (var (name, value) in headers)
            context.Response.Headers.Append(name, value);
        return body.Length == 0 ? Task.CompletedTask : context.Response.WriteAsync(body, context.RequestAborted);
    };

    /// <summary>An object.</summary>
    public static RequestDelegate Json(string json) => Status(StatusCodes.Status200OK, json, ("Content-Type", "application/json"));

    /// <summary>Lines as they are, then the end, in good order or by cutting the connection.</summary>
    public static RequestDelegate Lines(bool cut, params string[] lines) => async context =>
    {
        context.Response.ContentType = "application/json";
        foreach (var line in lines)
            await context.Response.WriteAsync(line, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (cut)
            context.Abort();
    };

    /// <summary>A part of an answer that says it is longer, then a cut.</summary>
    public static RequestDelegate Cut(string part) => async context =>
    {
        context.Response.ContentLength = part.Length + 1000;
        await Lines(cut: true, part)(context);
    };

    /// <summary>The beginning of an answer, and nothing more until the client gives up.</summary>
    public static async Task SilenceAfterHeadersAsync(HttpContext context)
    {
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await SilenceAsync(context);
    }

    /// <summary>A part of a body, and nothing more until the client gives up.</summary>
    public static RequestDelegate SilenceAfter(string part, int code = StatusCodes.Status200OK) => async context =>
    {
        context.Response.StatusCode = code;
        await context.Response.WriteAsync(part, context.RequestAborted);
        await SilenceAfterHeadersAsync(context);
    };

    /// <summary>Nothing, until the client gives up.</summary>
    public static async Task SilenceAsync(HttpContext context)
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

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {authorization}".TrimEnd());
        Authorizations.Enqueue(authorization);
        using var body = new StreamReader(context.Request.Body);
        if (await body.ReadToEndAsync(context.RequestAborted) is { Length: > 0 } text)
            Bodies.Enqueue(text);
        await (script.Count > 1 && script.TryDequeue(out var answer) ? answer : Last())(context);
    }

    private RequestDelegate Last() => script.TryPeek(out var last) ? last : throw new InvalidOperationException("the script is empty");
}
