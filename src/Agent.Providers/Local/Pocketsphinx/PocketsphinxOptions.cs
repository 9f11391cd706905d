using System.ComponentModel.DataAnnotations;

namespace Agent.Providers.Local.Pocketsphinx;

/// <summary>Settings of the local recogniser, in the configuration section <c>Providers:Local:Pocketsphinx</c>.</summary>
public sealed class PocketsphinxOptions
{
    /// <summary>The directory of the acoustic model.</summary>
    /// <value>Default: where the Debian package <c>pocketsphinx-en-us</c> puts it.</value>
    [Required]
    public string AcousticModel { get; set; } = "/usr/share/pocketsphinx/model/en-us/en-us";

    /// <summary>The file of the language model.</summary>
    /// <value>Default: where the Debian package <c>pocketsphinx-en-us</c> puts it.</value>
    [Required]
    public string LanguageModel { get; set; } = "/usr/share/pocketsphinx/model/en-us/en-us.lm.bin";

    /// <summary>The file of the pronunciation dictionary.</summary>
    /// <value>Default: where the Debian package <c>pocketsphinx-en-us</c> puts it.</value>
    [Required]
    public string Dictionary { get; set; } = "/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict";

    /// <summary>The language that the models know, as a BCP 47 tag.</summary>
    /// <value>Default <c>en-US</c>.</value>
    [Required]
    public string Language { get; set; } = "en-US";

    /// <summary>Decoders kept at most. A stream needs one only while somebody speaks; with more speakers than decoders the results come late.</summary>
    /// <value>1 to 256; default: four for each processor.</value>
    [Range(1, 256)]
    public int Decoders { get; set; } = Math.Clamp(4 * Environment.ProcessorCount, 1, 256);

    /// <summary>Silence after which a segment is made final without being asked.</summary>
    /// <value>0.2 s to 5 s; default 0.6 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.2", "00:00:05")]
    public TimeSpan SegmentSilence { get; set; } = TimeSpan.FromSeconds(0.6);

    /// <summary>The longest segment; one that goes on is made final and followed by the next.</summary>
    /// <value>5 s to 60 s; default 20 s.</value>
    [Range(typeof(TimeSpan), "00:00:05", "00:01:00")]
    public TimeSpan LongestSegment { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Speech after which the words so far are looked at again for an interim result.</summary>
    /// <value>0.05 s to 5 s; default 0.2 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:05")]
    public TimeSpan InterimInterval { get; set; } = TimeSpan.FromSeconds(0.2);

    /// <summary>Sound that may wait for its decoding; older sound is dropped and counted.</summary>
    /// <value>1 s to 120 s; default 30 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Backlog { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A directory that holds <c>libpocketsphinx.so.3</c> and <c>libsphinxbase.so.3</c>; null looks where the system does.</summary>
    public string? LibraryDirectory { get; set; }
}
