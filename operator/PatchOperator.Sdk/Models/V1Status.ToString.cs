#nullable disable // as the package: no annotations

using System.Net;

namespace k8s.Models;

public partial record V1Status
{
    /// <summary>Reason and message, or whichever of them there is.</summary>
    public override string ToString()
    {
        var reason = string.IsNullOrEmpty(Reason) && Code is > 0 ? ((HttpStatusCode)Code.Value).ToString() : Reason;
        if (string.IsNullOrEmpty(Message))
            return string.IsNullOrEmpty(reason) ? Status : reason;
        return string.IsNullOrEmpty(reason) ? Message : $"{reason} - {Message}";
    }
}
