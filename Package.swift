// swift-tools-version: 6.2
import PackageDescription

/// The rules every target of this package is compiled under: what may be imported, what must be said aloud.
let rules: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")

let package = Package(
  name: "prepaper",
  products: [.executable(name: "prepaper", targets: ["prepaper"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0", traits: []),
  ],
  targets: [
    .executableTarget(name: "prepaper", dependencies: ["PrepaperCommands"], swiftSettings: rules),
    .target(
      name: "PrepaperCommands",
      dependencies: [
        "CManual", "PrepaperApp", "PrepaperArtifacts", "PrepaperDomain", "PrepaperEvidence", "PrepaperJSON",
        "PrepaperMarketData", "PrepaperProcesses", "PrepaperPrograms", "PrepaperQueue", "PrepaperRun", "PrepaperWorker",
        argumentParser, subprocess, system,
      ],
      swiftSettings: rules),
    .target(
      name: "PrepaperApp",
      dependencies: [
        "CLinux", "PrepaperArtifacts", "PrepaperDomain", "PrepaperEvidence", "PrepaperHTTP", "PrepaperJSON",
        "PrepaperMarketData", "PrepaperPipeline", "PrepaperPrograms", "PrepaperQueue", "PrepaperRun", "PrepaperSQLite",
        "PrepaperSignals", "PrepaperWorker", "Systemd", configuration, logging, serviceLifecycle, subprocess, system,
        unixSignals,
      ],
      swiftSettings: rules),
    .target(
      name: "PrepaperWorker",
      dependencies: [
        "CLinux", "PrepaperArtifacts", "PrepaperDomain", "PrepaperJSON", "PrepaperProcesses", "PrepaperQueue",
        "PrepaperSQLite", "Systemd", logging, serviceLifecycle,
      ],
      swiftSettings: rules),
    .target(
      name: "PrepaperEvidence",
      dependencies: [
        "PrepaperArtifacts", "PrepaperDomain", "PrepaperJSON", "PrepaperPipeline", "PrepaperReport", "PrepaperRun",
      ],
      swiftSettings: rules),
    .target(
      name: "PrepaperRun",
      dependencies: ["PrepaperArtifacts", "PrepaperDomain", "PrepaperJSON", "PrepaperPipeline"],
      swiftSettings: rules),
    .target(
      name: "PrepaperPrograms",
      dependencies: ["PrepaperDomain", "PrepaperJSON", "PrepaperPipeline", "PrepaperProcesses"], swiftSettings: rules),
    .target(
      name: "PrepaperQueue", dependencies: ["PrepaperDomain", "PrepaperJSON", "PrepaperSQLite", grdb],
      swiftSettings: rules),
    .target(
      name: "PrepaperSignals", dependencies: ["PrepaperDomain", "PrepaperSQLite", grdb], swiftSettings: rules),
    .target(
      name: "PrepaperMarketData",
      dependencies: ["PrepaperDomain", "PrepaperIndicators", "PrepaperSQLite", grdb],
      swiftSettings: rules),
    .target(
      name: "PrepaperHTTP",
      dependencies: ["PrepaperDomain", "PrepaperJSON", asyncHTTPClient, nioCore, nioHTTP1],
      resources: [.embedInCode("Descriptors")], swiftSettings: rules),
    .target(
      name: "PrepaperPipeline", dependencies: ["PrepaperDomain", "PrepaperIndicators", "PrepaperJSON"],
      swiftSettings: rules),
    .target(name: "PrepaperIndicators", dependencies: ["PrepaperDomain"], swiftSettings: rules),
    .target(name: "PrepaperReport", dependencies: ["PrepaperDomain", "PrepaperJSON"], swiftSettings: rules),
    .target(
      name: "PrepaperArtifacts", dependencies: ["CLinux", "PrepaperDomain", "PrepaperJSON", crypto, cryptoExtras],
      swiftSettings: rules),
    .target(name: "PrepaperProcesses", dependencies: ["CLinux"], swiftSettings: rules),
    .target(name: "PrepaperSQLite", dependencies: [grdb, sqlite], swiftSettings: rules),
    .target(name: "Systemd", dependencies: ["CSystemd"], swiftSettings: rules),
    .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
    .systemLibrary(name: "CLinux"),
    .target(name: "PrepaperDomain", dependencies: ["PrepaperJSON"], swiftSettings: rules),
    .target(
      name: "CManual", path: "Sources/Manual",
      exclude: [
        "bars.md", "exit-codes.md", "formats.md", "jobs.md", "operating.md", "proof.md", "report.png", "run.md",
        "settings.md", "strategies.md",
      ]),
    .target(name: "PrepaperJSON", dependencies: [crypto], swiftSettings: rules),
    .executableTarget(
      name: "prepaper-bench",
      dependencies: [
        "PrepaperArtifacts", "PrepaperDomain", "PrepaperIndicators", "PrepaperJSON", "PrepaperMarketData",
        "PrepaperPipeline", "PrepaperProcesses", "PrepaperQueue", "PrepaperSQLite", "PrepaperTestSupport", sqlite,
      ],
      path: "Sources/PrepaperBench", swiftSettings: rules),
    .target(
      name: "PrepaperSourceTesting",
      dependencies: [
        "PrepaperDomain", "PrepaperJSON", "PrepaperMarketData", "PrepaperTestSupport", httpTypes, hummingbird, logging,
        serviceLifecycle,
      ],
      swiftSettings: rules),
    .target(name: "PrepaperTestSupport", dependencies: ["PrepaperDomain"], swiftSettings: rules),
    .testTarget(
      name: "PrepaperJSONTests", dependencies: ["PrepaperDomain", "PrepaperJSON", "PrepaperTestSupport"],
      swiftSettings: rules),
    .testTarget(
      name: "PrepaperDomainTests", dependencies: ["PrepaperDomain", "PrepaperJSON", "PrepaperTestSupport"],
      swiftSettings: rules),
    .testTarget(
      name: "PrepaperArtifactsTests",
      dependencies: ["PrepaperArtifacts", "PrepaperDomain", "PrepaperJSON", "PrepaperTestSupport"],
      swiftSettings: rules),
    .testTarget(
      name: "PrepaperPipelineTests",
      dependencies: [
        "PrepaperArtifacts", "PrepaperDomain", "PrepaperIndicators", "PrepaperJSON", "PrepaperPipeline",
        "PrepaperTestSupport",
      ],
      swiftSettings: rules),
    .testTarget(
      name: "PrepaperReportTests",
      dependencies: ["PrepaperDomain", "PrepaperJSON", "PrepaperReport", "PrepaperTestSupport"], swiftSettings: rules),
    .testTarget(
      name: "PrepaperMarketDataTests",
      dependencies: [
        "PrepaperDomain", "PrepaperJSON", "PrepaperMarketData", "PrepaperSQLite", "PrepaperSourceTesting",
        "PrepaperTestSupport", crypto, grdb,
      ],
      swiftSettings: rules),
    .testTarget(
      name: "PrepaperSignalsTests",
      dependencies: [
        "PrepaperDomain", "PrepaperJSON", "PrepaperSQLite", "PrepaperSignals", "PrepaperTestSupport", grdb,
      ],
      swiftSettings: rules),
    .testTarget(
      name: "PrepaperHTTPTests",
      dependencies: [
        "PrepaperDomain", "PrepaperHTTP", "PrepaperJSON", "PrepaperMarketData", "PrepaperSourceTesting",
        "PrepaperTestSupport",
      ],
      swiftSettings: rules),
    .testTarget(
      name: "PrepaperQueueTests",
      dependencies: [
        "PrepaperDomain", "PrepaperJSON", "PrepaperQueue", "PrepaperSQLite", "PrepaperTestSupport", grdb,
      ],
      exclude: ["Fixtures"], swiftSettings: rules),
    .testTarget(
      name: "PrepaperProcessesTests", dependencies: ["PrepaperProcesses", "PrepaperTestSupport"],
      swiftSettings: rules),
    .testTarget(
      name: "PrepaperProgramsTests",
      dependencies: [
        "PrepaperArtifacts", "PrepaperDomain", "PrepaperJSON", "PrepaperMarketData", "PrepaperPipeline",
        "PrepaperProcesses", "PrepaperPrograms", "PrepaperSourceTesting", "PrepaperTestSupport",
      ],
      swiftSettings: rules),
    .testTarget(
      name: "PrepaperWorkerTests",
      dependencies: [
        "PrepaperArtifacts", "PrepaperDomain", "PrepaperJSON", "PrepaperProcesses", "PrepaperQueue", "PrepaperSQLite",
        "PrepaperTestSupport", "PrepaperWorker", "Systemd", grdb, logging, serviceLifecycle,
      ],
      swiftSettings: rules),
    .testTarget(
      name: "PrepaperRunTests",
      dependencies: [
        "PrepaperArtifacts", "PrepaperDomain", "PrepaperEvidence", "PrepaperJSON", "PrepaperMarketData",
        "PrepaperPipeline", "PrepaperRun", "PrepaperSQLite", "PrepaperSignals", "PrepaperTestSupport",
      ],
      swiftSettings: rules),
    .testTarget(
      name: "PrepaperAppTests",
      dependencies: [
        "PrepaperApp", "PrepaperDomain", "PrepaperQueue", "PrepaperTestSupport", "PrepaperWorker", logging,
      ],
      swiftSettings: rules),
    .testTarget(
      name: "PrepaperCommandsTests",
      dependencies: [
        "PrepaperApp", "PrepaperCommands", "PrepaperDomain", "PrepaperJSON", "PrepaperQueue", "PrepaperSQLite",
        argumentParser,
      ],
      swiftSettings: rules),
    .testTarget(name: "SystemdTests", dependencies: ["Systemd"], swiftSettings: rules),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "PrepaperDomain", "PrepaperArtifacts", "PrepaperJSON", "PrepaperMarketData", "PrepaperProcesses",
        "PrepaperSourceTesting", "PrepaperTestSupport", "prepaper",
      ],
      exclude: ["Fixtures", "Lab"], swiftSettings: rules),
  ]
)
