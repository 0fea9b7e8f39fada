#nullable disable // as the package: no annotations

namespace k8s.LeaderElection;

/// <summary>The record electors compete for, wherever it is kept.</summary>
public interface ILock
{
    /// <summary>Who competes.</summary>
    string Identity { get; }

    /// <summary>Reads the record; throws when there is none.</summary>
    Task<LeaderElectionRecord> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Creates the record; false if someone else did.</summary>
    Task<bool> CreateAsync(LeaderElectionRecord record, CancellationToken cancellationToken = default);

    /// <summary>Changes the record as it was last read; false if someone else changed it since.</summary>
    Task<bool> UpdateAsync(LeaderElectionRecord record, CancellationToken cancellationToken = default);

    /// <summary>Names the record, for messages.</summary>
    string Describe();
}
