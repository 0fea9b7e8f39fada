#nullable disable // as the package: no annotations

using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using k8s;
using k8s.Models;

namespace PatchOperator.Sdk.Http;

/// <summary>A request before it is sent; it can be sent more than once.</summary>
internal sealed class ApiRequest
{
    private readonly HttpMethod method;
    private readonly StringBuilder address;
    private readonly byte[] body;
    private readonly MediaTypeHeaderValue bodyType;
    private bool hasQuery;

    /// <summary>The holes of <paramref name="path"/> are escaped. An empty group is the core group.</summary>
    internal ApiRequest(HttpMethod method, FormattableString path, object body = null)
    {
        this.method = method;
        address = new StringBuilder(Escape(path));
        if (address.ToString().StartsWith("apis//", StringComparison.Ordinal))
            address.Replace("apis//", "api/", 0, "apis//".Length);

        // An eviction that a disruption budget forbids is answered 429: an answer for the caller, not an overload to wait out.
        IsEviction = method == HttpMethod.Post && path.Format.EndsWith("/eviction", StringComparison.Ordinal);
        if (body is null)
            return;

        this.body = KubernetesJson.SerializeToUtf8(body);
        bodyType = MediaTypeHeaderValue.Parse(MediaType(body));
    }

    /// <summary>Whether a 429 means something else than an overloaded server.</summary>
    internal bool IsEviction { get; }

    /// <summary>The body as text, for errors.</summary>
    internal string Content => body is null ? string.Empty : Encoding.UTF8.GetString(body);

    /// <summary>How long the server is asked to keep a watch open; null if it was not asked.</summary>
    internal int? TimeoutSeconds { get; private set; }

    internal ApiRequest Query(string name, string value)
    {
        if (value is null)
            return this;

        address.Append(hasQuery ? '&' : '?').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        hasQuery = true;
        return this;
    }

    internal ApiRequest Query(string name, bool? value) => Query(name, value switch { null => null, true => "true", false => "false" });

    internal ApiRequest Query(string name, int? value)
    {
        if (name == "timeoutSeconds")
            TimeoutSeconds = value;
        return Query(name, value?.ToString(CultureInfo.InvariantCulture));
    }

    internal HttpRequestMessage ToMessage(Uri server, IReadOnlyDictionary<string, IReadOnlyList<string>> headers)
    {
        var message = new HttpRequestMessage(method, new Uri(server, address.ToString()));
        message.Headers.Accept.ParseAdd("application/json, */*");
        foreach (var (name, values) in headers ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            message.Headers.Remove(name);
            message.Headers.TryAddWithoutValidation(name, values);
        }

        if (body is not null)
            message.Content = new ByteArrayContent(body) { Headers = { ContentType = bodyType } };
        return message;
    }

    private static string Escape(FormattableString path)
    {
        var holes = path.GetArguments();
        var escaped = new object[holes.Length];
        for (var i = 0; i < holes.Length; i++)
            escaped[i] = Uri.EscapeDataString(holes[i] as string ?? throw new ArgumentNullException(nameof(path), $"hole {i} of {path.Format}"));
        return string.Format(CultureInfo.InvariantCulture, path.Format, escaped);
    }

    private static string MediaType(object body) => (body as V1Patch)?.Type switch
    {
        null => "application/json; charset=utf-8",
        V1Patch.PatchType.JsonPatch => "application/json-patch+json; charset=utf-8",
        V1Patch.PatchType.MergePatch => "application/merge-patch+json; charset=utf-8",
        V1Patch.PatchType.StrategicMergePatch => "application/strategic-merge-patch+json; charset=utf-8",
        V1Patch.PatchType.ApplyPatch => "application/apply-patch+yaml; charset=utf-8",
        var unknown => throw new ArgumentOutOfRangeException(nameof(body), unknown, "unknown type of patch"),
    };
}
