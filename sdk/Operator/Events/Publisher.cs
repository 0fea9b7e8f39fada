using System.Net;
using System.Security.Cryptography;
using System.Text;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.Abstractions.Builder;
using KubeOps.Abstractions.Entities;
using KubeOps.Abstractions.Events;
using KubeOps.KubernetesClient;
using Microsoft.Extensions.Logging;

namespace KubeOps.Operator.Events;

/// <summary>Writes events. The name is a hash of what an event says, so that the same event is found again and counted.</summary>
internal sealed class Publisher(IKubernetesClient client, OperatorSettings settings, TimeProvider time, ILogger<EventPublisher> logger)
{
    private const int Tries = 4;

    /// <inheritdoc cref="EventPublisher"/>
    internal async Task PublishAsync(
        IKubernetesObject<V1ObjectMeta> entity, string reason, string message, EventType type, CancellationToken cancellationToken)
    {
        try
        {
            for (var tries = 1; !await TryPublishAsync(Create(entity, reason, message, type), tries == Tries, cancellationToken);)
                tries++;
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "Event {Reason} of {Kind} {Object} was not written: {Message}", reason, entity.Kind, entity.Name(), message);
        }
    }

    /// <summary>False if somebody else wrote or deleted the same event at the same time.</summary>
    private async Task<bool> TryPublishAsync(Corev1Event wanted, bool last, CancellationToken cancellationToken)
    {
        // Most are news: to look first would be one call more for each.
        if (await IsNewAsync(wanted, cancellationToken))
            return true;
        if (await client.GetAsync<Corev1Event>(wanted.Name(), wanted.Namespace(), cancellationToken) is not { } earlier)
            return last;
        earlier.Count = (earlier.Count ?? 1) + 1;
        earlier.LastTimestamp = wanted.LastTimestamp;
        try
        {
            await client.UpdateAsync(earlier, cancellationToken);
            return true;
        }
        catch (HttpOperationException e)
            when (!last && e.Response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private async Task<bool> IsNewAsync(Corev1Event wanted, CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateAsync(wanted, cancellationToken);
            return true;
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict)
        {
            return false;
        }
    }

    private Corev1Event Create(IKubernetesObject<V1ObjectMeta> entity, string reason, string message, EventType type)
    {
        var ns = entity.Namespace() ?? "default";
        var now = time.GetUtcNow().UtcDateTime;
        var identity = $"{entity.Uid()}.{entity.Name()}.{ns}.{reason}.{message}.{type}";
        return new Corev1Event
        {
            Metadata = new V1ObjectMeta { Name = Hash(identity), NamespaceProperty = ns },
            InvolvedObject = entity.MakeObjectReference(),
            Type = type.ToString(),
            Reason = reason,
            Message = message,
            Count = 1,
            FirstTimestamp = now,
            LastTimestamp = now,
            ReportingComponent = settings.Name,
            ReportingInstance = Environment.MachineName,
            Source = new V1EventSource { Component = settings.Name },
        }.Initialize();
    }

#pragma warning disable CA1308 // names of objects are lower case
    private static string Hash(string identity) => Convert.ToHexString(SHA512.HashData(Encoding.UTF8.GetBytes(identity))).ToLowerInvariant();
#pragma warning restore CA1308
}
