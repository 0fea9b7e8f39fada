#nullable disable // as the package: no annotations

using System.Net.Http.Headers;

namespace k8s.Autorest;

/// <summary>What is kept of an HTTP message after the message itself is gone.</summary>
public abstract class HttpMessageWrapper
{
    /// <summary>The body, as text.</summary>
    public string Content { get; set; }

    /// <summary>Headers of the message and of its body.</summary>
    public IDictionary<string, IEnumerable<string>> Headers { get; } =
        new Dictionary<string, IEnumerable<string>>(StringComparer.OrdinalIgnoreCase);

    internal void CopyHeaders(HttpHeaders headers)
    {
        if (headers is null)
            return;

        foreach (var (name, values) in headers)
            Headers[name] = Headers.TryGetValue(name, out var earlier) ? [.. earlier, .. values] : [.. values];
    }
}
